// CO-RE: an object's instructions as they are on one kernel, by its types, found as libbpf 1.1 finds them (its relo_core.c): by names without their
// flavours, the same kinds, members through anonymous records.
#pragma once

#include <bpf/btf.h>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/object/object.h"

namespace lsmpc::relocate {

// `task_struct` of `task_struct___facts`.
std::string_view withoutFlavour(std::string_view name);

// A kernel's types by name. `types` outlives it.
class Names {
 public:
  explicit Names(const ::btf& types);
  const ::btf& types() const { return types_; }
  // Of that name and kind (an enum's of 64 bits counts as one of 32).
  std::vector<uint32_t> candidates(std::string_view name, uint32_t kind) const;

 private:
  const ::btf& types_;
  std::unordered_map<std::string_view, std::vector<uint32_t>> ids_;
};

// A relocation that this kernel lacks, or has of another size or sign: its instruction cannot be executed, and the kernel refuses a program that may come to it.
struct Missing {
  uint32_t function = 0, instruction = 0;
  std::string what;  // "struct task_struct.loginuid"
};

struct Relocated {
  std::vector<std::vector<bpf_insn>> code;  // of each function
  std::vector<Missing> missing;
};

// Nothing, and in `wrong` why, where libbpf would refuse the object whatever its programs do.
std::optional<Relocated> relocateObject(const object::Object& object, const Names& kernel, std::string& wrong);

}  // namespace lsmpc::relocate
