// What only a loader knows is written into an object's read-only data before the kernel gets it. From then on it stands.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/manifest.h"

struct bpf_object;

namespace lsmpc::runtime {

struct Filled {
  Fill fill;
  uint64_t value = 0;
};
// As the loader notes it beside the manifest, and reads it again.
struct FilledNote {
  std::string text;  // user("nginx")
  uint64_t value = 0;
};
std::vector<FilledNote> notesOf(const std::vector<Filled>& filled);

// All that the manifest asks for. Throws Failure with a problem for each value that cannot be had; then nothing was written.
// `image`: the object's ELF file, `path` its name for messages.
std::vector<Filled> fillIn(bpf_object* object, const std::string& image, const Manifest& manifest, const std::string& path);

}  // namespace lsmpc::runtime
