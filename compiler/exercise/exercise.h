// Runs the `test` blocks of a policy: each event on the compiled object's own instructions, on a simulated host of one kernel, and beside it by the
// policy's text, which says what an event left out.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/exercise/conditions.h"
#include "compiler/object/object.h"
#include "compiler/policy/policy.h"
#include "compiler/relocate/relocate.h"

namespace lsmpc::exercise {

// What of a step did not come as it was expected, or could not be tried at all: a message, and why.
struct Failure {
  diag::Kind kind;
  base::Range range;                // the expectation; of what could not be tried the step or the key
  std::vector<std::string> words;   // of the message
  std::optional<base::Range> rule;  // that decided, or that asks
  std::string because;              // of that rule: the values that its condition asks for
};

struct Result {
  const policy::Test* test = nullptr;
  const policy::Case* row = nullptr;  // of its cases; null: it has none
  std::string target;
  std::vector<Failure> failures;  // empty: it passed

  bool passed() const { return failures.empty(); }
};

// How often each rule decided or recorded an event, over all that ran.
using Hits = std::map<uint32_t, uint64_t>;

struct Report {
  std::vector<Result> results;
  Hits hits;
  Conditions conditions;
};

// One of the targets: its types, and its place in the policy's targets.
struct Target {
  std::string name;
  uint32_t index = 0;
  const relocate::Names& types;
};

// Where a loader puts what the manifest asks it for: by their names as the policy writes them.
struct Slots {
  std::map<std::string, uint32_t> sets, accounts;
};

using Wanted = std::function<bool(const policy::Test&)>;

// The wanted tests that are for this target, in order. Nothing, and in `wrong` why, where the object cannot be loaded there.
std::optional<Report> exercisePolicy(const policy::Policy& policy, const object::Object& object, const Slots& slots, const Target& target,
                                     const Wanted& wanted, std::string& wrong);

}  // namespace lsmpc::exercise
