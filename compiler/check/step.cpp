#include "compiler/check/step.h"

#include "compiler/check/assumption.h"
#include "compiler/check/event.h"
#include "compiler/check/expectation.h"
#include "compiler/policy/presence.h"

namespace lsmpc::check {

using diag::Kind;
using policy::Presence;

namespace {

std::string counted(size_t number, const char* what) { return std::to_string(number) + " " + what + (number == 1 ? "" : "s"); }

}  // namespace

StepChecker::StepChecker(const ast::Step& written, const btf::Hook& hook, btf::TargetMask mask, const Input& input, const Scope& scope,
                         diag::Emitter& emitter)
    : written_(written),
      input_(input),
      scope_(scope),
      emitter_(emitter),
      expressions_(scope, input.targets, step_.hook, emitter) {
  step_.range = written.range;
  step_.kind = policy::stepKindOf(written.hook.text);
  step_.hook.hook = hook;
  step_.hook.targets = mask;
}

void StepChecker::check() {
  for (const ast::EventField& field : written_.fields) {
    policy::ExprPtr key = this->key(*field.key);
    if (!key) continue;
    policy::Given given = givenFor(key, field.range);
    if (value(*field.value, given)) step_.given.push_back(std::move(given));
  }
  if (written_.expected) step_.expected = checkExpectation(*written_.expected, step_.hook.hook, written_.hook.range, emitter_);
}

policy::ExprPtr StepChecker::key(const ast::Expr& written) {
  policy::ExprPtr key = expressions_.eventKey(written);
  if (!key) return nullptr;
  auto [first, added] = keys_.emplace(policy::print(*key, step_.hook), written.range);
  if (added) return key;
  emitter_.report(Kind::GivenTwice, written.range, ast::print(written)).note(first->second, "the first");
  return nullptr;
}

policy::Given StepChecker::givenFor(const policy::ExprPtr& key, base::Range range) const {
  policy::Given given;
  given.range = range;
  given.key = key;
  auto* ref = std::get_if<policy::AttributeRef>(&key->node);
  const AttributeEntry* entry = ref ? scope_.attribute(step_.hook.attributes[ref->index].name, step_.hook.hook.name) : nullptr;
  given.of_task = entry ? entry->declaration->hooks.empty() : isOfCurrent(*key);
  return given;
}

bool StepChecker::value(const ast::Expr& written, policy::Given& given) {
  given.value_range = written.range;
  if (auto word = presenceWord(written)) return presence(written, given, *word);
  std::vector<const ast::Expr*> parts = {&written};
  auto* several = std::get_if<ast::SetLiteral>(&written.node);
  if (several && isManyValued(*given.key, step_.hook)) {
    parts.clear();
    for (const ast::ExprPtr& part : several->elements) parts.push_back(part.get());
  }
  for (const ast::Expr* part : parts)
    if (policy::ExprPtr constant = expressions_.eventValue(given.key, *part)) given.values.push_back(std::move(constant));
  return given.values.size() == parts.size();
}

bool StepChecker::presence(const ast::Expr& written, policy::Given& given, Presence presence) {
  given.presence = presence;
  if (canBe(presence, *given.key, step_.hook)) return true;
  auto message = emitter_.report(Kind::NeverSo, written.range, policy::print(*given.key, step_.hook), ast::print(written));
  if (presence == Presence::Absent && given.key->type.kind == policy::TypeKind::Path) message.hint("a path that there is not is \"\"");
  return false;
}

bool StepChecker::caseKeys(const ast::CaseTable& table) {
  for (const ast::ExprPtr& written : table.keys)
    if (policy::ExprPtr key = this->key(*written)) case_keys_.push_back(std::move(key));
  return case_keys_.size() == table.keys.size();
}

std::optional<policy::Case> StepChecker::caseOf(const ast::Case& row, const ast::CaseTable& table) {
  policy::Case result;
  result.range = row.range;
  result.line = input_.sources.file(row.range.file).position(row.range.begin).line;
  auto expected = checkExpectation(row.expected, step_.hook.hook, written_.hook.range, emitter_);
  if (row.values.size() != table.keys.size()) {
    base::Range values = base::join(row.values.front()->range, row.values.back()->range);
    base::Range keys = base::join(table.keys.front()->range, table.keys.back()->range);
    emitter_.report(Kind::CaseCount, values, counted(row.values.size(), "value"), counted(table.keys.size(), "key"))
        .note(keys, "one value for each of these");
    return std::nullopt;
  }
  bool good = expected.has_value();
  for (size_t i = 0; i < row.values.size(); ++i) {
    policy::Given given = givenFor(case_keys_[i], row.values[i]->range);
    good &= value(*row.values[i], given);
    result.given.push_back(std::move(given));
  }
  if (!good) return std::nullopt;
  result.expected = std::move(*expected);
  return result;
}

}  // namespace lsmpc::check
