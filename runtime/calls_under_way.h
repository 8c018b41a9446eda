// Calls that have entered a hook's programs. The kernel takes no note of where they are: once a program is detached, calls on their way to it skip it (7.x), or
// meet it as long as it is in memory (before; kernel/bpf/trampoline.c).
#pragma once

namespace lsmpc::runtime {

// Returns when those that began before have passed: after some grace periods of RCU, in which each processor has been given to another task, and a tenth of a
// second. One that sleeps for longer, in a sleepable program of somebody else's, may still be there.
void letCallsPass();

}  // namespace lsmpc::runtime
