// Kernel types as the compiler sees them: merged over all targets by name, read-only once made. Plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lsmpc::btf {

using TargetMask = uint32_t;  // bit i: target i of the TargetSet

struct TypeId {
  uint32_t value = 0;  // 0: void
  bool operator==(const TypeId&) const = default;
};

enum class Shape : uint8_t { Void, Int, Bool, Enum, Pointer, Record, Array, Function, Other };

struct Type {
  Shape shape = Shape::Void;
  std::string name;   // of a record, enum or int; "" for anonymous
  uint32_t size = 0;  // bytes, in the first target that has it
  bool is_signed = false;
  bool is_union = false;  // Record
  TypeId target;          // Pointer: pointee; Array: element
  uint32_t count = 0;     // Array: the fewest elements that a target's has
  TargetMask present = 0;
};

using TypeTable = std::vector<Type>;  // indexed by TypeId::value

// One member of one record, or one element of one array, as laid out in the first target that has it. CO-RE relocates by
// the names and the indices.
struct Step {
  TypeId record;  // the record, or the array
  std::optional<uint64_t> element;  // of the array, instead of a member
  std::string member;  // "" for an anonymous struct or union on the way
  uint32_t bit_offset = 0;
  uint32_t bit_size = 0;  // 0: no bit field
  TypeId type;
  bool overlaps_pointer = false;  // inside a union with a pointer arm: read by probe, not by a typed load
};

// As the language writes it: `.name`, `[index]`, nothing for an anonymous record.
inline std::string textOf(const Step& step) {
  if (step.element) return "[" + std::to_string(*step.element) + "]";
  return step.member.empty() ? "" : "." + step.member;
}

// What one `.name` or `[index]` of the language follows: usually one step, more through anonymous records.
struct FieldPath {
  std::vector<Step> steps;
  TypeId type;
  TargetMask present = 0;  // targets that have the whole path with the same kinds
};
inline std::string textOf(const FieldPath& path) {
  std::string text;
  for (const Step& step : path.steps) text += textOf(step);
  return text;
}

// A field whose existence tells kernels apart at load time (bpf_core_field_exists).
struct Marker {
  std::string record;
  std::string member;
  bool is_union = false;
};

// One signature of a hook. `any_of` empty: the fallback, always last.
struct HookVariant {
  TargetMask targets = 0;
  std::vector<Marker> any_of;
  std::vector<std::string> arguments;  // names in order; position = ctx[i]
};

struct HookArgument {
  std::string name;  // without `__nullable` and the like
  TypeId type;
  TargetMask present = 0;
};

enum class HookUse : uint8_t { Deny, AuditOnly, Refused };

struct Hook {
  std::string name;
  TargetMask present = 0;
  std::vector<HookArgument> arguments;  // union over targets, by name
  std::vector<HookVariant> variants;    // at least one
  HookUse use = HookUse::AuditOnly;
  std::string reason;  // why not Deny; empty for Deny
  int consent = 0;     // an errno that the kernel takes for no opinion here; 0: none
  bool returns_int = true;
  bool actor = true;          // `current` is the task that acts
  std::string file_argument;  // a `struct file *` argument whose stacked inner opens are no events; or ""
};

}  // namespace lsmpc::btf
