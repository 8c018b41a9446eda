#include "runtime/boot_time.h"

#include <ctime>

namespace lsmpc::runtime {

uint64_t nanosecondsSinceBoot() {
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return static_cast<uint64_t>(now.tv_sec * kSecond + now.tv_nsec);
}

}  // namespace lsmpc::runtime
