// System calls that fire hooks and change nothing: what a policy's own programs count of them proves that the kernel calls it.
#pragma once

#include <string>

namespace lsmpc::runtime {

// `folder` is one of the bpffs where an empty folder may be made. What the policy denies of these is of no interest.
void callHarmlessly(const std::string& folder);

}  // namespace lsmpc::runtime
