#include "runtime/counters.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <cerrno>
#include <vector>

#include "runtime/message.h"

namespace lsmpc::runtime {

static_assert(std::size(kCounters) == LSMP_COUNTERS);

std::optional<Counters> sumCounters(int map) {
  Counters sums{};
  int cpus = libbpf_num_possible_cpus();
  std::vector<uint64_t> values(cpus > 0 ? static_cast<size_t>(cpus) : 1);
  for (uint32_t key = 0; key < LSMP_COUNTERS; ++key) {
    if (bpf_map_lookup_elem(map, &key, values.data())) return std::nullopt;
    for (uint64_t value : values) sums[key] += value;
  }
  return sums;
}

Counters readCounters(const LoadedPolicy& policy) {
  std::string pin = policy.folder + "/counters";
  if (auto sums = sumCounters(openPin(pin).get())) return *sums;
  throw Failure(Message::PinUnusable, {pin, errorText(errno)});
}

}  // namespace lsmpc::runtime
