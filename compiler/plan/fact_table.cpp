#include "compiler/plan/fact_table.h"

#include <algorithm>

namespace lsmpc::plan {
namespace {

bool asks(const std::vector<decision::Program>& programs, std::initializer_list<policy::Builtin> builtins) {
  for (const decision::Program& program : programs)
    for (const decision::Value& value : program.values)
      if (value.op == decision::ValueOp::Builtin && std::find(builtins.begin(), builtins.end(), value.builtin) != builtins.end())
        return true;
  return false;
}

}  // namespace

std::optional<uint32_t> FactTable::add(match::Predicate predicate, base::Range range, diag::Emitter& emitter) {
  predicate = match::canonical(std::move(predicate));
  auto found = std::find(predicates_.begin(), predicates_.end(), predicate);
  if (found != predicates_.end()) return static_cast<uint32_t>(found - predicates_.begin());
  if (predicates_.size() == decision::kMaxFacts) {
    emitter.report(diag::Kind::TooManyFacts, range, std::to_string(decision::kMaxFacts))
        .hint("join programs that are treated alike in a set: exe in SET is one test");
    return std::nullopt;
  }
  predicates_.push_back(std::move(predicate));
  ranges_.push_back(range);
  return static_cast<uint32_t>(predicates_.size() - 1);
}

std::optional<decision::Facts> FactTable::build(const std::vector<decision::Program>& programs, diag::Emitter& emitter) const {
  decision::Facts facts{.predicates = predicates_};
  facts.scripts = asks(programs, {policy::Builtin::Script, policy::Builtin::AskedScript});
  facts.ancestors = asks(programs, {policy::Builtin::Ancestors});
  facts.steps = asks(programs, {policy::Builtin::ExecStep});
  if (!facts.kept()) return facts;
  match::DfaResult built = match::buildDfa(predicates_, match::Alphabet::Path);
  if (!built.dfa) {
    emitter.report(diag::Kind::AutomatonTooLarge, ranges_[built.over->predicate], "exe", std::to_string(built.over->states))
        .hint("use fewer `*` and `**` before the end of a pattern, or `under` for a directory");
    return std::nullopt;
  }
  facts.dfa = std::move(*built.dfa);
  return facts;
}

}  // namespace lsmpc::plan
