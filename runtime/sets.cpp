#include "runtime/sets.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <cerrno>
#include <cstring>

#include "runtime/abi/layout.h"
#include "runtime/descriptor.h"
#include "runtime/elf_image.h"
#include "runtime/message.h"
#include "runtime/object_data.h"
#include "runtime/set_entry.h"

namespace lsmpc::runtime {
namespace {

Failure mismatch(const std::string& path, const ManifestSet& set) {
  return Failure(Message::ProgramMismatch, {path, "its set `" + set.name + "` is not what its manifest says"});
}

uint32_t wordAt(const std::string& bytes, size_t at) {
  uint32_t word = 0;
  memcpy(&word, bytes.data() + at, sizeof word);
  return word;
}

// Of the section, by slot.
FirstElements readElements(const std::string& image, size_t sets, const std::string& path) {
  FirstElements first(sets);
  std::string bytes = sectionBytes(image, LSMP_FIRST_SECTION).value_or("");
  for (size_t at = 0; at < bytes.size();) {
    uint32_t slot = bytes.size() - at >= 8 ? wordAt(bytes, at) : UINT32_MAX, length = slot < sets ? wordAt(bytes, at + 4) : 0;
    if (slot >= sets || length > bytes.size() - at - 8)
      throw Failure(Message::ProgramMismatch, {path, "the first elements of its sets cannot be read"});
    first[slot].push_back(bytes.substr(at + 8, length));
    at += 8 + length;
  }
  return first;
}

void check(const ManifestSet& set, bpf_map* map, const std::vector<std::string>& elements, const std::string& path) {
  const SetKind& kind = setKind(set.type);
  bool fits = map && bpf_map__key_size(map) == kind.key_size && bpf_map__value_size(map) == kind.value_size &&
              bpf_map__max_entries(map) == set.max && elements.size() == set.first && elements.size() <= set.max;
  for (const std::string& element : elements) fits = fits && element.size() >= kind.shortest && element.size() <= kind.longest;
  if (!fits) throw mismatch(path, set);
}

}  // namespace

bpf_map* mapOf(bpf_object* object, const ManifestSet& set) {
  return bpf_object__find_map_by_name(object, (LSMP_DYNAMIC_PREFIX + std::to_string(set.slot)).c_str());
}

std::string setPin(const std::string& folder, const std::string& set) { return folder + "/set_" + set; }

FirstElements takeOnSets(bpf_object* object, const std::string& image, const Manifest& manifest, const std::string& path) {
  FirstElements first = readElements(image, manifest.sets.size(), path);
  for (const ManifestSet& set : manifest.sets) {
    check(set, mapOf(object, set), first[set.slot], path);
    const uint64_t taken = 1;
    size_t offset = size_t{set.slot} * sizeof taken;
    auto variable = findVariable(object, image, LSMP_FILLED_SYMBOL, offset + sizeof taken);
    if (!variable) throw mismatch(path, set);
    memcpy(variable->bytes.data() + variable->offset + offset, &taken, sizeof taken);
    if (int error = store(*variable)) throw Failure(Message::LoadFailed, {path, errorText(error)});
  }
  return first;
}

void fillSets(bpf_object* object, const Manifest& manifest, const FirstElements& first, const std::string& path) {
  for (const ManifestSet& set : manifest.sets) {
    const SetKind& kind = setKind(set.type);
    int map = bpf_map__fd(mapOf(object, set));
    for (const std::string& element : first[set.slot]) {
      SetEntry entry = kind.entry(element, kind.value_size);
      if (bpf_map_update_elem(map, entry.key.data(), entry.value.data(), BPF_NOEXIST))
        throw Failure(Message::HostRefuses, {path, "filling set `" + set.name + "`", errorText(errno)});
    }
  }
}

std::optional<uint64_t> elementsIn(const std::string& pin) {
  Descriptor map(bpf_obj_get(pin.c_str()));
  bpf_map_info info{};
  uint32_t size = sizeof info;
  if (!map || bpf_obj_get_info_by_fd(map.get(), &info, &size)) return std::nullopt;
  std::string key(info.key_size, '\0'), next = key;
  uint64_t count = 0;
  // A set that changes while it is counted may begin again: never more than it can hold.
  int error = 0;
  for (const void* from = nullptr; count < info.max_entries && !(error = bpf_map_get_next_key(map.get(), from, next.data())); ++count) {
    key = next;
    from = key.data();
  }
  return error && error != -ENOENT ? std::nullopt : std::optional(count);
}

}  // namespace lsmpc::runtime
