// The manifest's document as objects and the kernel hold it: as it is, or as one zstd frame where it is long (runtime/abi/manifest.md).
#pragma once

#include <string>

namespace lsmpc::runtime {

std::string packManifest(const std::string& text);
// Throws Failure: BadManifest. `origin` as for parseManifest.
std::string unpackManifest(std::string bytes, const std::string& origin);

}  // namespace lsmpc::runtime
