// The guard's BPF object (guard.bpf.c), as clang made it for this build.
#pragma once

#include <string_view>

namespace lsmpc::runtime {

std::string_view guardObject();

}  // namespace lsmpc::runtime
