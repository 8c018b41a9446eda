// Kernels that skip LSM programs without a word. From 5.12 on a program that is begun on a processor is not begun there a second time: a task that
// comes on while another is preempted inside the program passes unseen. Mended by commit 271de525e1d7 in 6.2, and in 6.1.54.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "runtime/message.h"

namespace lsmpc::runtime {

struct KernelVersion {
  unsigned major = 0, minor = 0, patch = 0;
  auto operator<=>(const KernelVersion&) const = default;
};

// What a kernel says of itself.
struct KernelText {
  std::string release, version;  // uname -r, uname -v
  std::string signature;         // /proc/version_signature, of Ubuntu alone
  std::string command_line;      // /proc/cmdline
};
KernelText runningKernel();

// The version of the sources. Distributions keep their ABI's number in the release and say the true one elsewhere.
KernelVersion versionOf(const KernelText& kernel);
// False also where nothing preempts a task inside the kernel.
bool skipsPrograms(const KernelText& kernel);

// What a load says though it goes on.
std::vector<Problem> warningsOf(const KernelText& kernel);

}  // namespace lsmpc::runtime
