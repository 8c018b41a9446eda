// How much of the kernel's stack a program takes with all that it calls, so that what no verifier would load is refused at build time.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace lsmpc::emit {

constexpr unsigned kStackBytes = 512;  // MAX_BPF_STACK (include/linux/filter.h)
constexpr unsigned kFrames = 8;        // MAX_CALL_FRAMES (include/linux/bpf_verifier.h)

struct CallDepth {
  std::string program;  // function's name
  unsigned bytes = 0;   // of all frames at once, each rounded up to 32, as check_max_stack_depth does (kernel/bpf/verifier.c, 5.10 … 7.3)
  unsigned frames = 0;

  bool fits() const { return bytes <= kStackBytes && frames <= kFrames; }
};

// For each program of the ELF object (`lsm/HOOK`) the most that some chain of calls takes. Nothing: it is no such object.
std::optional<std::vector<CallDepth>> callDepths(const std::string& object);

}  // namespace lsmpc::emit
