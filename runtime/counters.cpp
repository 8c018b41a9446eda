#include "runtime/counters.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <cerrno>
#include <vector>

#include "runtime/message.h"

namespace lsmpc::runtime {

static_assert(std::size(kCounters) == LSMP_COUNTERS);

Counters readCounters(const LoadedPolicy& policy) {
  Counters sums{};
  Descriptor map = openPin(policy.folder + "/counters");
  int cpus = libbpf_num_possible_cpus();
  std::vector<uint64_t> values(cpus > 0 ? static_cast<size_t>(cpus) : 1);
  for (uint32_t key = 0; key < LSMP_COUNTERS; ++key) {
    if (bpf_map_lookup_elem(map.get(), &key, values.data()))
      throw Failure(Message::PinUnusable, {policy.folder + "/counters", errorText(errno)});
    for (uint64_t value : values) sums[key] += value;
  }
  return sums;
}

}  // namespace lsmpc::runtime
