// What a policy's programs have counted since it was loaded (runtime/counters.def).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/abi/layout.h"
#include "runtime/pins.h"

namespace lsmpc::runtime {

struct CounterKind {
  std::string_view name, meaning;
};
inline constexpr CounterKind kCounters[] = {
#define LSMPC_COUNTER(value, word, meaning) {word, meaning},
#include "runtime/counters.def"
};
#define LSMPC_COUNTER(value, word, meaning) static_assert(kCounters[value].name == word);
#include "runtime/counters.def"

using Counters = std::array<uint64_t, LSMP_COUNTERS>;

// Summed over the processors, of a descriptor of the map, which outlives the policy's pins; nothing where it cannot be read: then errno says why.
std::optional<Counters> sumCounters(int map);
// The same of its pin. Throws Failure PinUnusable.
Counters readCounters(const LoadedPolicy& policy);

}  // namespace lsmpc::runtime
