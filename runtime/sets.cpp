#include "runtime/sets.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <cerrno>
#include <cstring>

#include "runtime/abi/layout.h"
#include "runtime/boot_time.h"
#include "runtime/elf_image.h"
#include "runtime/message.h"

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
  const bpf_map* inner = map ? bpf_map__inner_map(map) : nullptr;
  bool fits = inner && bpf_map__type(map) == BPF_MAP_TYPE_ARRAY_OF_MAPS && bpf_map__type(inner) == kind.map_type &&
              bpf_map__key_size(inner) == kind.key_size && bpf_map__value_size(inner) == kind.value_size &&
              bpf_map__max_entries(inner) == set.max && elements.size() == set.first && elements.size() <= set.max;
  for (const std::string& element : elements) fits = fits && element.size() >= kind.shortest && element.size() <= kind.longest;
  if (!fits) throw mismatch(path, set);
}

bool look(int map, bpf_map_info& info) {
  uint32_t size = sizeof info;
  return !bpf_obj_get_info_by_fd(map, &info, &size);
}

Descriptor noSet() {
  errno = EINVAL;
  return {};
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
  }
  return first;
}

void fillSets(bpf_object* object, const Manifest& manifest, const FirstElements& first, const std::string& path) {
  for (const ManifestSet& set : manifest.sets) {
    auto failed = [&](int error) { return Failure(Message::HostRefuses, {path, "filling set `" + set.name + "`", errorText(error)}); };
    Descriptor map = newSet(set);
    if (!map) throw failed(errno);
    for (const std::string& element : first[set.slot])
      if (int error = putElement(map.get(), set, element, 0, false)) throw failed(error);
    if (int error = exchangeSet(bpf_map__fd(mapOf(object, set)), map.get())) throw failed(error);
  }
}

Descriptor newSet(const ManifestSet& set) {
  const SetKind& kind = setKind(set.type);
  LIBBPF_OPTS(bpf_map_create_opts, options, .map_flags = BPF_F_NO_PREALLOC);
  return Descriptor(bpf_map_create(static_cast<bpf_map_type>(kind.map_type), "lsmp_set", static_cast<uint32_t>(kind.key_size),
                                   static_cast<uint32_t>(kind.value_size), static_cast<uint32_t>(set.max), &options));
}

int putElement(int set, const ManifestSet& of, const std::string& element, uint64_t until, bool before) {
  const SetKind& kind = setKind(of.type);
  SetEntry entry = kind.entry(element, kind.value_size);
  endAt(entry, until);
  return bpf_map_update_elem(set, entry.key.data(), entry.value.data(), before ? BPF_EXIST : BPF_NOEXIST) ? errno : 0;
}

int exchangeSet(int sets, int set) {
  const uint32_t only = 0;
  return bpf_map_update_elem(sets, &only, &set, BPF_ANY) ? errno : 0;
}

// A pin that root has put there may be of any map.
Descriptor setNow(int sets, const ManifestSet& set) {
  const SetKind& kind = setKind(set.type);
  bpf_map_info outer{}, inner{};
  uint32_t only = 0, id = 0;
  if (!look(sets, outer)) return {};
  if (outer.type != BPF_MAP_TYPE_ARRAY_OF_MAPS) return noSet();
  if (bpf_map_lookup_elem(sets, &only, &id)) return {};
  Descriptor map(bpf_map_get_fd_by_id(id));
  if (!map || !look(map.get(), inner)) return {};
  bool fits = inner.type == kind.map_type && inner.key_size == kind.key_size && inner.value_size == kind.value_size;
  return fits ? std::move(map) : noSet();
}

int forEachEntry(int set, const ManifestSet& of, const std::function<void(const SetEntry&)>& visit) {
  const SetKind& kind = setKind(of.type);
  SetEntry entry{std::string(kind.key_size, '\0'), std::string(kind.value_size, '\0')};
  std::string last;
  const void* from = nullptr;
  // A set that changes while it is read may begin again: never more than it can hold.
  for (uint64_t i = 0; i < of.max; ++i) {
    if (bpf_map_get_next_key(set, from, entry.key.data())) return errno == ENOENT ? 0 : errno;
    if (!bpf_map_lookup_elem(set, entry.key.data(), entry.value.data()))
      visit(entry);
    else if (errno != ENOENT)
      return errno;
    last = entry.key;
    from = last.data();
  }
  return 0;
}

std::optional<uint64_t> elementsIn(const std::string& pin, const ManifestSet& set) {
  Descriptor sets(bpf_obj_get(pin.c_str()));
  Descriptor map = sets ? setNow(sets.get(), set) : Descriptor();
  if (!map) return std::nullopt;
  uint64_t count = 0, now = nanosecondsSinceBoot();
  int error = forEachEntry(map.get(), set, [&](const SetEntry& entry) { count += isElement(entry, now); });
  return error ? std::nullopt : std::optional(count);
}

}  // namespace lsmpc::runtime
