#include "compiler/relocate/access.h"

#include <charconv>

#include "compiler/relocate/relocate.h"

namespace lsmpc::relocate {
namespace {

constexpr size_t kMaxSteps = 64;  // of libbpf: BPF_CORE_SPEC_MAX_LEN
constexpr int kMaxDepth = 32;     // of typedefs and of anonymous records, which hostile types could make circles of

bool isRecord(const btf_type* type) { return btf_is_composite(type); }
bool isQualifier(const btf_type* type) { return btf_is_mod(type) || btf_is_type_tag(type); }

// A last member of no length is as long as is asked for.
bool isOpenArray(const ::btf& types, const Step& step, const struct btf_array& array) {
  if (!step.is_member || array.nelems) return false;
  const btf_type* record = typeOf(types, step.type);
  return btf_is_struct(record) && step.index + 1 == btf_vlen(record);
}

bool intoElement(const ::btf& types, uint32_t type, uint32_t index, Access& access) {
  int64_t size = btf__resolve_size(&types, type);
  if (size < 0) return false;
  access.steps.push_back({type, index, false});
  access.bit_offset += uint64_t{index} * static_cast<uint64_t>(size) * 8;
  return true;
}

// libbpf's bpf_core_fields_are_compat: as far as reading the one for the other goes.
bool canStandFor(const ::btf& local, uint32_t local_type, const ::btf& kernel, uint32_t kernel_type, int depth = 0) {
  const btf_type* left = typeOf(local, withoutNames(local, local_type));
  const btf_type* right = typeOf(kernel, withoutNames(kernel, kernel_type));
  if (isRecord(left) && isRecord(right)) return true;
  if (btf_is_any_enum(left) && btf_is_any_enum(right)) {
    std::string name = nameOf(local, left->name_off), other = nameOf(kernel, right->name_off);
    return name.empty() || other.empty() || withoutFlavour(name) == withoutFlavour(other);
  }
  if (btf_kind(left) != btf_kind(right)) return false;
  if (btf_is_ptr(left) || btf_is_float(left)) return true;
  if (btf_is_int(left)) return !btf_int_offset(left) && !btf_int_offset(right);
  if (btf_is_array(left)) return depth < kMaxDepth && canStandFor(local, btf_array(left)->type, kernel, btf_array(right)->type, depth + 1);
  return false;
}

// The member `name` of a record, through those without name. `found`: the type to go on from.
bool toMember(const ::btf& local, uint32_t local_type, std::string_view name, const ::btf& kernel, uint32_t record, Access& access,
              uint32_t& found, int depth) {
  record = withoutNames(kernel, record);
  const btf_type* type = typeOf(kernel, record);
  if (!isRecord(type) || depth > kMaxDepth) return false;
  for (uint32_t i = 0; i < btf_vlen(type); ++i) {
    const btf_member& member = btf_members(type)[i];
    std::string own = nameOf(kernel, member.name_off);
    uint64_t offset = btf_member_bit_offset(type, i);
    if (own.empty()) {
      Access inner = access;
      inner.bit_offset += offset;
      if (toMember(local, local_type, name, kernel, member.type, inner, found, depth + 1)) return access = std::move(inner), true;
    } else if (own == name) {
      if (!canStandFor(local, local_type, kernel, member.type)) return false;
      access.bit_offset += offset;
      access.steps.push_back({record, i, true});
      found = member.type;
      return true;
    }
  }
  return false;
}

}  // namespace

const btf_type* typeOf(const ::btf& types, uint32_t type) {
  const btf_type* found = btf__type_by_id(&types, type);
  return found ? found : btf__type_by_id(&types, 0);
}

std::string nameOf(const ::btf& types, uint32_t offset) {
  const char* name = btf__str_by_offset(&types, offset);
  return name ? name : "";
}

uint32_t withoutQualifiers(const ::btf& types, uint32_t type) {
  for (int depth = 0; depth < kMaxDepth && isQualifier(typeOf(types, type)); ++depth) type = typeOf(types, type)->type;
  return type;
}

uint32_t withoutNames(const ::btf& types, uint32_t type) {
  for (int depth = 0; depth < kMaxDepth && (isQualifier(typeOf(types, type)) || btf_is_typedef(typeOf(types, type))); ++depth)
    type = typeOf(types, type)->type;
  return type;
}

std::vector<uint32_t> numbersOf(const std::string& text) {
  std::vector<uint32_t> numbers;
  const char* at = text.data();
  const char* end = at + text.size();
  while (at < end) {
    uint32_t number = 0;
    auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc() || numbers.size() == kMaxSteps || (next < end && (*next != ':' || next + 1 == end))) return {};
    numbers.push_back(number);
    at = next < end ? next + 1 : next;
  }
  return numbers;
}

std::optional<Access> parseAccess(const ::btf& types, uint32_t root, const std::string& text) {
  std::vector<uint32_t> numbers = numbersOf(text);
  Access access{.root = root};
  uint32_t type = withoutNames(types, root);
  if (numbers.empty() || !intoElement(types, type, numbers.front(), access)) return std::nullopt;
  for (size_t i = 1; i < numbers.size(); ++i) {
    type = withoutNames(types, type);
    const btf_type* at = typeOf(types, type);
    if (isRecord(at)) {
      if (numbers[i] >= btf_vlen(at)) return std::nullopt;
      const btf_member& member = btf_members(at)[numbers[i]];
      access.bit_offset += btf_member_bit_offset(at, numbers[i]);
      if (member.name_off) access.steps.push_back({type, numbers[i], true});
      type = member.type;
    } else if (btf_is_array(at)) {
      const struct btf_array& array = *btf_array(at);
      if (numbers[i] >= array.nelems && !isOpenArray(types, access.steps.back(), array)) return std::nullopt;
      type = withoutNames(types, array.type);
      if (!intoElement(types, type, numbers[i], access)) return std::nullopt;
    } else {
      return std::nullopt;
    }
  }
  return access;
}

std::optional<Access> matchAccess(const ::btf& local, const Access& access, const ::btf& kernel, uint32_t root) {
  Access found{.root = root};
  uint32_t type = root;
  for (size_t i = 0; i < access.steps.size(); ++i) {
    const Step& step = access.steps[i];
    type = withoutNames(kernel, type);
    if (step.is_member) {
      const btf_member& member = btf_members(typeOf(local, step.type))[step.index];
      if (!toMember(local, member.type, nameOf(local, member.name_off), kernel, type, found, type, 0)) return std::nullopt;
      continue;
    }
    if (i > 0) {
      const btf_type* at = typeOf(kernel, type);
      if (!btf_is_array(at)) return std::nullopt;
      const struct btf_array& array = *btf_array(at);
      if (step.index >= array.nelems && !isOpenArray(kernel, found.steps.back(), array)) return std::nullopt;
      type = withoutNames(kernel, array.type);
    }
    if (!intoElement(kernel, type, step.index, found)) return std::nullopt;
  }
  return found;
}

std::string textOf(const ::btf& types, const Access& access) {
  const btf_type* root = typeOf(types, withoutQualifiers(types, access.root));
  std::string text = std::string(btf_is_union(root) ? "union " : btf_is_struct(root) ? "struct " : "");
  text += withoutFlavour(nameOf(types, root->name_off));
  for (size_t i = 1; i < access.steps.size(); ++i) {
    const Step& step = access.steps[i];
    if (step.is_member)
      text += "." + nameOf(types, btf_members(typeOf(types, step.type))[step.index].name_off);
    else
      text += "[" + std::to_string(step.index) + "]";
  }
  return text;
}

}  // namespace lsmpc::relocate
