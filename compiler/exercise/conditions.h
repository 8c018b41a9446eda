// The conditions of a policy's rules, and what they came to in its tests.
#pragma once

#include <compare>
#include <cstdint>
#include <map>

#include "compiler/judge/parts.h"
#include "compiler/policy/policy.h"

namespace lsmpc::exercise {

// A condition is known by its place: of a template or a scope it is one, for how many rules it may be asked.
struct Place {
  base::FileId file = 0;
  uint32_t begin = 0, end = 0;
  auto operator<=>(const Place&) const = default;
};

struct Seen {
  uint64_t yes = 0, no = 0, unresolved = 0;  // how often
  bool can_be_unresolved = false;

  void add(const Seen& more);
};
using Conditions = std::map<Place, Seen>;

// None seen yet.
Conditions conditionsOf(const policy::Policy& policy);
// Counts what a judge tells of; outlived by `conditions`.
judge::Witness witnessOf(Conditions& conditions);
void add(const Conditions& more, Conditions& conditions);

}  // namespace lsmpc::exercise
