// What a policy permits that the one which it has replaced in the kernel refused, for `lsmpc load`.
#pragma once

#include <string>

namespace lsmpc::runtime {
struct LoadedNow;
}

namespace lsmpc::driver {

// By the sources in the manifests of both, on the running kernel. Lines of text, or a JSON object (docs/operations.md: `looser`). What stands in the way is said there.
std::string loosened(const runtime::LoadedNow& now, bool json);

}  // namespace lsmpc::driver
