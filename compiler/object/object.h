// A compiled policy as data, read from the bytes of its file: functions before any relocation, maps, types. Needs no kernel.
#pragma once

#include <bpf/btf.h>
#include <linux/bpf.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lsmpc::object {

struct BtfFree {
  void operator()(::btf* types) const { btf__free(types); }
};
using Types = std::unique_ptr<::btf, BtfFree>;

// A map, or a data section, which a loader makes a map of as well.
struct Map {
  std::string name;   // of a data section the section's: `.rodata`
  uint32_t type = 0;  // enum bpf_map_type
  uint32_t key_size = 0, value_size = 0, max_entries = 0, flags = 0;
  bool is_data = false;
  std::string first;                 // of a data section: its bytes
  std::shared_ptr<const Map> inner;  // of a map of maps: what its elements are like
};

// What an instruction of two words, or a call, refers to.
struct Reference {
  enum class Kind : uint8_t { Map, Data, Function, Symbol } kind;
  uint32_t instruction = 0;  // its place in the function
  uint32_t index = 0;        // Map, Data: into Object::maps; Function: into Object::functions
  uint64_t offset = 0;       // Data: into the section
  std::string symbol;        // Symbol: of the kernel
};

// A relocation by the types of the kernel that the object is loaded on (include/uapi/linux/bpf.h: struct bpf_core_relo).
struct CoreRelocation {
  uint32_t instruction = 0;
  uint32_t type = 0;   // in the object's own types
  std::string access;  // "0:1:2"
  uint32_t kind = 0;   // enum bpf_core_relo_kind
};

// Where the instructions from here on come from.
struct SourceLine {
  uint32_t instruction = 0;
  std::string file, text;
  uint32_t line = 0, column = 0;
};

struct Function {
  std::string name, section;  // of a program: "lsm/file_open"; of what programs call: ".text"
  std::vector<bpf_insn> code;
  std::vector<Reference> references;        // by instruction
  std::vector<CoreRelocation> relocations;  // by instruction
  std::vector<SourceLine> lines;            // by instruction

  bool isProgram() const { return section != ".text"; }
};

// Of a data section: where what a loader may set stands.
struct Variable {
  uint32_t map = 0;  // into Object::maps
  uint64_t offset = 0, size = 0;
};

struct Object {
  std::vector<Function> functions;
  std::map<std::string, Variable> variables;
  std::vector<Map> maps;
  Types types;
  std::string first;  // section .lsmp.first (runtime/abi/layout.h)
};

// Nothing, and in `wrong` why, for anything but a whole BPF object of a policy.
std::optional<Object> readObject(const std::string& bytes, std::string& wrong);

}  // namespace lsmpc::object
