// Conditions of one hook, from expression trees into the hook's graph.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "compiler/diag/diagnostic.h"
#include "compiler/plan/fact_table.h"
#include "compiler/plan/graph.h"
#include "compiler/plan/matcher_table.h"
#include "compiler/plan/set_store.h"

namespace lsmpc::plan {

// Which of an event's paths a condition is judged with.
struct View {
  uint8_t side = 0;      // of Builtin::Either
  bool swapped = false;  // an exchange seen from the other end: old_path is new_path
  auto key() const { return std::tuple(side, swapped); }
};

class Translator {
 public:
  Translator(const policy::HookPolicy& hook, Graph& graph, MatcherTable& matchers, SetStore& sets, FactTable& facts, diag::Emitter& emitter)
      : hook_(hook),
        graph_(graph),
        matchers_(matchers),
        sets_(sets),
        facts_(facts),
        emitter_(emitter) {}

  // `rule`: whom to blame. Reports what a program cannot compute, and then answers false.
  decision::NodeId condition(const policy::ExprPtr& expr, View view, uint32_t rule);
  // Nothing when no register or slot can hold it (a string constant).
  std::optional<decision::ValueId> value(const policy::ExprPtr& expr, View view);
  decision::ValueId attribute(uint32_t index, View view);

  bool usesEither(const policy::ExprPtr& expr);    // judged once per path
  bool usesOldOrNew(const policy::ExprPtr& expr);  // changes when the view is swapped
  std::optional<uint32_t> attributeNamed(std::string_view name) const;

 private:
  using Key = std::tuple<const policy::Expr*, uint8_t, bool>;

  decision::NodeId translate(const policy::ExprPtr& expr, View view);
  decision::NodeId compare(const policy::Compare& compare, const policy::Expr& expr, View view);
  decision::NodeId sameText(const policy::Compare& compare, const policy::Expr& expr, View view);
  decision::NodeId noSuchValue(base::Range range);
  decision::NodeId matches(const policy::ExprPtr& value, const match::Predicate& patterns, View view);
  decision::NodeId call(const policy::BuiltinCall& call, const policy::ExprPtr& expr, View view);
  decision::NodeId fact(const policy::BuiltinCall& of, const match::Predicate& patterns, const policy::Expr& expr, View view);
  decision::NodeId amongStrings(const policy::ExprPtr& value, const match::Predicate& patterns, View view);
  decision::NodeId inIntervals(const policy::InIntervals& in, View view);
  decision::NodeId inCidrs(const policy::InCidrs& in, View view);
  decision::NodeId inDynamic(const policy::ExprPtr& value, const policy::DynamicSet& set, View view);
  decision::NodeId factCompared(const policy::ExprPtr& expr, const policy::BuiltinCall& call);
  decision::NodeId onValue(const policy::ExprPtr& expr, View view, decision::Test test);
  std::optional<decision::ValueId> compute(const policy::Expr& expr, View view);
  std::optional<decision::ValueId> callValue(const policy::BuiltinCall& call, decision::Value value, View view);
  // What an attribute or Either stands for.
  policy::ExprPtr resolve(const policy::ExprPtr& expr, View view) const;
  uint32_t seen(uint32_t attribute, View view) const;
  template <typename Predicate>
  bool anyOf(const policy::ExprPtr& expr, Predicate predicate, std::set<const policy::Expr*>& done) const;

  const policy::HookPolicy& hook_;
  Graph& graph_;
  MatcherTable& matchers_;
  SetStore& sets_;
  FactTable& facts_;
  diag::Emitter& emitter_;
  uint32_t rule_ = 0;
  std::map<Key, decision::NodeId> nodes_;
  std::map<Key, std::optional<decision::ValueId>> values_;
};

}  // namespace lsmpc::plan
