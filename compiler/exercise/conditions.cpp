#include "compiler/exercise/conditions.h"

#include "compiler/policy/presence.h"

namespace lsmpc::exercise {
namespace {

Place placeOf(const policy::Expr& part) { return {part.range.file, part.range.begin, part.range.end}; }

}  // namespace

Conditions conditionsOf(const policy::Policy& policy) {
  Conditions conditions;
  for (const policy::HookPolicy& hook : policy.hooks)
    for (const policy::HookRule& rule : hook.rules)
      for (const policy::Expr* part : judge::partsOf(*rule.condition))
        conditions[placeOf(*part)].can_be_unresolved |= policy::canBe(policy::Presence::Unresolved, *part, hook);
  return conditions;
}

judge::Witness witnessOf(Conditions& conditions) {
  return [&conditions](const policy::Expr& part, judge::Truth truth) {
    Seen& seen = conditions[placeOf(part)];
    seen.yes += truth == judge::Truth::True;
    seen.no += truth == judge::Truth::False;
    seen.unresolved += truth == judge::Truth::Unresolved;
  };
}

void Seen::add(const Seen& more) {
  yes += more.yes;
  no += more.no;
  unresolved += more.unresolved;
  can_be_unresolved |= more.can_be_unresolved;
}

void add(const Conditions& more, Conditions& conditions) {
  for (const auto& [place, seen] : more) conditions[place].add(seen);
}

}  // namespace lsmpc::exercise
