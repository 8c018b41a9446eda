// What a policy will cost: memory in the kernel, instructions of an event, work for the verifier. Counted in the decision, with units measured
// beforehand (units.def): bytes and states are exact, the rest is an estimate from above.
#pragma once

#include <string>
#include <vector>

#include "compiler/decision/decision.h"

namespace lsmpc::cost {

// The path that texts and numbers are for: of another one `per_name` and `per_byte` say more.
constexpr uint64_t kNames = 6, kBytes = 32;
constexpr uint64_t kVerifierLimit = 1'000'000;

struct Amount {
  uint64_t loads = 0;                              // of kernel memory, each with its check
  uint64_t calls = 0;                              // of helpers, probes and functions of the library
  uint64_t fixed = 0, per_name = 0, per_byte = 0;  // instructions
  uint64_t verified = 0;                           // instructions that the verifier follows

  uint64_t instructions() const { return fixed + kNames * per_name + kBytes * per_byte; }
  Amount& operator+=(const Amount& other);
};

// Of memory in the kernel.
struct Size {
  uint64_t states = 0, bytes = 0;
};

// A rule alone on its hook, without what every program costs.
struct RuleCost {
  uint32_t rule;  // into Policy::rules
  Size size;
  Amount amount;
  bool in_table = false;
};

struct TableCost {
  decision::Table::Kind kind;
  std::string subject;
  size_t rows = 0, conditions = 0;
  uint64_t wildcards = 0;  // of the instructions: only for names that wildcards may fit, in each node that a path can be in
  match::PathSizes sizes;  // Paths
  uint64_t pieces = 0;     // the others: what their ranges cut the numbers into
  uint64_t states = 0;     // Paths, on bytes: of their automaton
  uint64_t bytes = 0;      // with a word a row
};

struct HookCost {
  std::string name;
  size_t rules = 0;
  Size size;      // of all rules together; a set counts for each hook that asks for it
  Amount amount;  // of an event that every rule is judged for and none matches
  Amount event;   // more, where a rule makes an event; nothing where none does
  std::vector<TableCost> tables;
  std::vector<RuleCost> costs;  // in order; of a table's rows those of the most bytes
};

struct Cost {
  std::vector<HookCost> hooks;
  Size facts;  // what is asked of programs, once for all hooks
};

Cost costOf(const decision::Decision& decision);

std::string renderText(const Cost& cost, const policy::Policy& policy);
std::string renderJson(const Cost& cost, const policy::Policy& policy);  // one object of schema lsmp-cost

}  // namespace lsmpc::cost
