#include "runtime/object_data.h"

#include <bpf/libbpf.h>

#include "runtime/elf_image.h"

namespace lsmpc::runtime {
namespace {

bool endsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && !text.compare(text.size() - end.size(), end.size(), end);
}

}  // namespace

bpf_map* mapOfSection(bpf_object* object, const std::string& section) {
  bpf_map* map;
  bpf_object__for_each_map(map, object) {
    if (bpf_map__is_internal(map) && endsWith(bpf_map__name(map), section)) return map;
  }
  return nullptr;
}

std::optional<Variable> findVariable(bpf_object* object, const std::string& image, const std::string& symbol, size_t size) {
  auto place = findSymbol(image, symbol);
  Variable found;
  found.map = place ? mapOfSection(object, place->section) : nullptr;
  size_t all = 0;
  const void* initial = found.map ? bpf_map__initial_value(found.map, &all) : nullptr;
  if (!initial || place->offset > all || all - place->offset < size) return std::nullopt;
  found.bytes.assign(static_cast<const char*>(initial), all);
  found.offset = place->offset;
  return found;
}

int store(const Variable& variable) { return bpf_map__set_initial_value(variable.map, variable.bytes.data(), variable.bytes.size()); }

}  // namespace lsmpc::runtime
