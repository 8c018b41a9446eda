// Variables of an object's data sections, before it is loaded: what a loader sets stands there.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

struct bpf_map;
struct bpf_object;

namespace lsmpc::runtime {

// The map of a data section, or null: libbpf names it after the object and the section.
bpf_map* mapOfSection(bpf_object* object, const std::string& section);

// A variable by its symbol: `bytes` are all of its map, it stands at `offset`.
struct Variable {
  bpf_map* map = nullptr;
  std::string bytes;
  size_t offset = 0;
};
// Nothing where the object has no variable of that name with at least `size` bytes. `image`: the object's ELF file.
std::optional<Variable> findVariable(bpf_object* object, const std::string& image, const std::string& symbol, size_t size);
// Puts `bytes` back; libbpf's error.
int store(const Variable& variable);

}  // namespace lsmpc::runtime
