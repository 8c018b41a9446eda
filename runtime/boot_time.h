// The clock of events, trials and ends of elements: time since boot, sleep included (CLOCK_BOOTTIME, bpf_ktime_get_boot_ns).
#pragma once

#include <cstdint>

namespace lsmpc::runtime {

constexpr int64_t kSecond = 1'000'000'000;  // nanoseconds

uint64_t nanosecondsSinceBoot();

}  // namespace lsmpc::runtime
