// The access that a relocation describes, in the object's own types, and the same access in a kernel's.
#pragma once

#include <bpf/btf.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lsmpc::relocate {

// A step of an access: into an element of an array, or to a member that has a name. Members without name stand between steps.
struct Step {
  uint32_t type = 0;   // the record, or the element
  uint32_t index = 0;  // of the element, or the member
  bool is_member = false;
};

struct Access {
  uint32_t root = 0;
  std::vector<Step> steps;
  uint64_t bit_offset = 0;
};

uint32_t withoutQualifiers(const ::btf& types, uint32_t type);  // const, volatile, restrict, type tags
uint32_t withoutNames(const ::btf& types, uint32_t type);       // nor typedefs
const btf_type* typeOf(const ::btf& types, uint32_t type);      // never null: void for what is not there
std::string nameOf(const ::btf& types, uint32_t offset);

// "0:1:2" from type `root`: the element of an array of such first, then members and elements. Nothing for what leads nowhere.
std::optional<Access> parseAccess(const ::btf& types, uint32_t root, const std::string& text);
// The numbers of "0:1:2"; empty: it is not such.
std::vector<uint32_t> numbersOf(const std::string& text);
// The same access from type `root` of another kernel.
std::optional<Access> matchAccess(const ::btf& local, const Access& access, const ::btf& kernel, uint32_t root);

// "struct file.f_path.mnt"
std::string textOf(const ::btf& types, const Access& access);

}  // namespace lsmpc::relocate
