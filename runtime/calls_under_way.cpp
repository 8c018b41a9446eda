#include "runtime/calls_under_way.h"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <ctime>

namespace lsmpc::runtime {

// A call may be preempted where no grace period waits for it, so more than one pass, and with the loader asleep.
void letCallsPass() {
  constexpr int kGraces = 4;
  const timespec pause{0, 25'000'000};
  for (int i = 0; i < kGraces; ++i) {
    syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0);  // refused on hosts with processors that have no tick: then time alone
    nanosleep(&pause, nullptr);
  }
}

}  // namespace lsmpc::runtime
