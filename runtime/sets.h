// Dynamic sets: maps that are filled before a policy is attached, and stay pinned beside it (runtime/abi/set_layout.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/manifest.h"

struct bpf_map;
struct bpf_object;

namespace lsmpc::runtime {

// The bytes of each element, for each set of the manifest.
using FirstElements = std::vector<std::vector<std::string>>;

// What the object says that its sets begin with, which is what fillSets will put there: before the kernel gets the object.
// Throws Failure where its parts do not fit together.
FirstElements takeOnSets(bpf_object* object, const std::string& image, const Manifest& manifest, const std::string& path);
// Of the loaded object.
void fillSets(bpf_object* object, const Manifest& manifest, const FirstElements& first, const std::string& path);

bpf_map* mapOf(bpf_object* object, const ManifestSet& set);
std::string setPin(const std::string& folder, const std::string& set);
// How many elements a pinned set has now; nothing where its pin cannot be read.
std::optional<uint64_t> elementsIn(const std::string& pin);

}  // namespace lsmpc::runtime
