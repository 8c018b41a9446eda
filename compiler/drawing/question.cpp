#include <algorithm>
#include <bit>

#include "compiler/decision/texts.h"
#include "compiler/drawing/graph.h"
#include "compiler/policy/flags.h"

namespace lsmpc::drawing {
namespace {

using decision::Program;
using decision::Test;
using decision::TestOp;
using decision::Value;
using decision::ValueId;
using decision::ValueOp;

constexpr size_t kMostElements = 4;  // of a set that are shown

std::string valueText(const Program& program, ValueId id);

std::string operandsText(const Program& program, const Value& value, std::string_view between) {
  std::string out;
  for (ValueId operand : value.operands) out += (out.empty() ? "" : std::string(between)) + valueText(program, operand);
  return out;
}

std::string constantText(const policy::Type& type, policy::Int constant) {
  if (type.kind == policy::TypeKind::Flags) return policy::flagsText(type.name, static_cast<uint64_t>(constant));
  return policy::decimal(constant);
}

std::string valueText(const Program& program, ValueId id) {
  const Value& value = program.values[id];
  if (!value.name.empty()) return value.name;
  switch (value.op) {
    case ValueOp::Const: return constantText(value.type, value.constant);
    case ValueOp::Argument: return "arg." + value.argument;
    case ValueOp::Field: return operandsText(program, value, ", ") + btf::textOf(value.field);
    case ValueOp::Builtin: return std::string(policy::info(value.builtin).spelling) + "(" + operandsText(program, value, ", ") + ")";
    case ValueOp::BitAnd: return "(" + operandsText(program, value, " & ") + ")";
    case ValueOp::BitOr: return "(" + operandsText(program, value, " | ") + ")";
    case ValueOp::If: return "if(…, " + operandsText(program, value, ", ") + ")";
    case ValueOp::Exists: return "exists(" + btf::textOf(value.field).substr(1) + ")";
    case ValueOp::Account: return policy::print(value.account);
  }
  return "?";
}

std::vector<std::string> matchedTexts(const std::string& left, const match::Predicate& predicate) {
  std::vector<std::string> patterns = decision::patternTexts(predicate, kMostElements);
  if (patterns.size() == 1) return {left + " " + patterns.front()};
  patterns.insert(patterns.begin(), left + " is one of");
  return patterns;
}

// A bit of what is kept of tasks' programs (decision.h: Facts); flags have a type of their own.
const match::Predicate* factOf(const decision::Decision& decision, const Program& program, const Test& test) {
  auto bit = static_cast<size_t>(std::countr_zero(test.mask));
  bool kept = program.values[test.left].type.kind == policy::TypeKind::Int && bit < decision.facts.predicates.size();
  return kept ? &decision.facts.predicates[bit] : nullptr;
}

std::string comparedText(const Program& program, const Test& test) {
  static constexpr std::string_view kSigns[] = {"==", "<", "<=", ">", ">="};
  std::string_view sign = kSigns[static_cast<size_t>(test.op) - static_cast<size_t>(TestOp::Equal)];
  const policy::Type& type = program.values[test.left].type;
  const Value& right = program.values[test.right];
  bool constant = right.op == ValueOp::Const && right.name.empty();
  return valueText(program, test.left) + " " + std::string(sign) + " " +
         (constant ? constantText(type, right.constant) : valueText(program, test.right));
}

// As the answer of what it is made of: a pointer on the way may fault, an answer of the kernel may not come.
bool isUncertain(const Program& program, ValueId id) {
  const Value& value = program.values[id];
  if (value.op == ValueOp::Field || value.op == ValueOp::Account) return true;
  if (value.op == ValueOp::If) return true;
  if (value.op == ValueOp::Builtin && policy::info(value.builtin).unresolved) return true;
  return std::any_of(value.operands.begin(), value.operands.end(), [&](ValueId one) { return isUncertain(program, one); });
}

}  // namespace

std::vector<std::string> questionTexts(const decision::Decision& decision, const Program& program, const Test& test) {
  std::string left = valueText(program, test.left);
  switch (test.op) {
    case TestOp::Truth: return {left};
    case TestOp::Null: return {left + " == null"};
    case TestOp::Intervals:
    case TestOp::Cidrs: return {left + " in " + decision::elementsText(test, kMostElements)};
    case TestOp::Mask:
      if (const match::Predicate* fact = factOf(decision, program, test)) return matchedTexts(left, *fact);
      return {left + (test.any ? " has any " : " has ") + policy::flagsText(program.values[test.left].type.name, test.mask)};
    case TestOp::Class: return matchedTexts(left, program.matchers[test.matcher].predicates[test.predicate]);
    case TestOp::Listed: return {left + " in a set of " + std::to_string(decision.sets[test.set].elements), decision.sets[test.set].ends};
    case TestOp::InMap: return {left + " in the dynamic set " + decision.maps[test.set].set.name};
    default: return {comparedText(program, test)};
  }
}

bool canBeUnresolved(const Program& program, const Test& test) {
  if (test.op == TestOp::InMap) return true;
  return isUncertain(program, test.left) || (decision::isComparison(test.op) && isUncertain(program, test.right));
}

}  // namespace lsmpc::drawing
