#include <algorithm>
#include <iterator>

#include "runtime/match/suggest.h"
#include "runtime/where.h"
#include "runtime/where_token.h"
#include "runtime/where_value.h"

namespace lsmpc::runtime {
namespace {

using Kind = WhereToken::Kind;

constexpr size_t kDeepest = 200;

struct Operator {
  std::string_view written, same;  // without its negation
  bool negated;
};
constexpr Operator kOperators[] = {{"==", "==", false}, {"!=", "==", true},  {"<", "<", false},         {"<=", "<=", false},
                                   {">", ">", false},   {">=", ">=", false}, {"~", "~", false},         {"!~", "~", true},
                                   {"in", "in", false}, {"not", "in", true}, {"under", "under", false}, {"has", "has", false}};

class ConditionReader {
 public:
  explicit ConditionReader(std::string_view text) : tokens_(text) {}

  Condition read() {
    Condition condition = joined(Condition::Kind::Or, 0);
    if (tokens_.next().kind != Kind::End) tokens_.refuseNext("`and`, `or` or the end");
    return condition;
  }

 private:
  // `or` of `and` of what may have a `not`.
  Condition joined(Condition::Kind kind, size_t depth) {
    bool whole = kind == Condition::Kind::Or;
    Condition all{kind, {}, {}};
    do all.parts.push_back(whole ? joined(Condition::Kind::And, depth) : negation(depth));
    while (tokens_.takeIf(whole ? "or" : "and"));
    if (all.parts.size() > 1) return all;
    Condition one = std::move(all.parts.front());
    return one;
  }

  Condition negation(size_t depth) {
    if (depth > kDeepest)
      tokens_.refuse(Message::ConditionUnreadable, tokens_.next(), "more than " + std::to_string(kDeepest) + " levels", "write it flatter");
    if (tokens_.takeIf("not")) return {Condition::Kind::Not, {}, {negation(depth + 1)}};
    if (!tokens_.takeIf("(")) return {Condition::Kind::Comparison, comparison(), {}};
    Condition inner = joined(Condition::Kind::Or, depth + 1);
    tokens_.expect(")");
    return inner;
  }

  Comparison comparison() {
    Comparison result;
    result.field = field();
    const Operator* op = operatorNext();
    if (!op) {
      WhereForm form = infoOf(result.field->type).form;
      if (form != WhereForm::Flag && form != WhereForm::Mark) tokens_.refuseNext("an operator");
      result.accepted.push_back(Interval{1, 1});
      return result;
    }
    checkOperator(*result.field, op->written == "not" ? op->same : op->written);
    tokens_.take();
    if (op->written == "not") tokens_.expect("in");
    result.negated = op->negated;
    readValues(tokens_, op->same, result);
    return result;
  }

  const WhereField* field() {
    WhereToken name = tokens_.next();
    if (name.kind != Kind::Word) tokens_.refuseNext("a field", "such as `object.path` or `process.uid`");
    const WhereField* found = fieldNamed(name.text);
    if (!found) {
      auto near = match::nearest(name.text, fieldNames());
      tokens_.refuse(Message::UnknownField, name, std::string(name.text),
                     near ? "did you mean `" + *near + "`?" : "fields are the members of an event, such as `object.path` or `process.uid`");
    }
    tokens_.take();
    return found;
  }

  const Operator* operatorNext() const {
    auto found =
        std::find_if(std::begin(kOperators), std::end(kOperators), [&](const Operator& op) { return tokens_.next().is(op.written); });
    return found == std::end(kOperators) ? nullptr : found;
  }

  void checkOperator(const WhereField& field, std::string_view op) {
    const WhereTypeInfo& info = infoOf(field.type);
    if (info.takes(op)) return;
    std::string all = "`" + std::string(info.operators) + "`";
    for (size_t at = 0; (at = all.find(' ', at)) != std::string::npos; at += 4) all.replace(at, 1, "`, `");
    tokens_.refuse(Message::MistypedComparison, tokens_.next(),
                   "`" + std::string(field.name) + "` is " + std::string(info.what) + ", which `" + std::string(op) + "` does not compare",
                   "its operators: " + all);
  }

  WhereTokens tokens_;
};

}  // namespace

Condition readCondition(std::string_view text) { return ConditionReader(text).read(); }

}  // namespace lsmpc::runtime
