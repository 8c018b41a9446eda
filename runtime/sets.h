// Dynamic sets: each an array that holds the map which is the set now; filled before a policy is attached, and pinned beside it (runtime/abi/set_layout.h).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "runtime/descriptor.h"
#include "runtime/manifest.h"
#include "runtime/set_entry.h"

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

// A map without elements that can be the set. Nothing with errno where the kernel makes none.
Descriptor newSet(const ManifestSet& set);
// `before`: it is there. 0 or an errno; EEXIST where another string of its hash is there.
int putElement(int set, const ManifestSet& of, const std::string& element, uint64_t until, bool before);
// Puts the map in place of what is the set: 0 or an errno. When it is back no program looks into the other any more.
int exchangeSet(int sets, int set);
// What is the set now, of `sets`, the map behind its pin. Nothing with errno; with EINVAL it is no such set.
Descriptor setNow(int sets, const ManifestSet& set);
// Those too whose time is over. 0 or an errno: not all were read.
int forEachEntry(int set, const ManifestSet& of, const std::function<void(const SetEntry&)>& visit);
// How many elements a pinned set has now; nothing where its pin cannot be read.
std::optional<uint64_t> elementsIn(const std::string& pin, const ManifestSet& set);

}  // namespace lsmpc::runtime
