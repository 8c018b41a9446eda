#include "compiler/btf/kernel_types.h"

#include <bpf/libbpf.h>

#include <cerrno>
#include <cstring>
#include <unordered_set>

namespace lsmpc::btf {
namespace {

constexpr std::string_view kHookPrefix = "bpf_lsm_";

// Came with the release whose programs can stand on functions that take records by value.
constexpr std::string_view kTakesRecordsSince = "BPF_MAP_TYPE_USER_RINGBUF";

int silent(enum libbpf_print_level, const char*, va_list) { return 0; }

}  // namespace

std::unique_ptr<KernelTypes> KernelTypes::open(const std::string& name, const std::string& path, std::string& error) {
  libbpf_set_print(silent);
  struct btf* types = btf__parse(path.c_str(), nullptr);
  if (!types) {
    error = "`" + path + "` cannot be used as BTF: " + (errno == ENOENT ? "there is no such file" : std::strerror(errno));
    return nullptr;
  }
  return std::unique_ptr<KernelTypes>(new KernelTypes(name, types));
}

KernelTypes::KernelTypes(std::string name, struct btf* types) : name_(std::move(name)), types_(types) { findNames(); }

std::string_view KernelTypes::text(uint32_t offset) const {
  const char* name = btf__name_by_offset(types_.get(), offset);
  return name ? name : "";
}

// One pass over all types: records by name, then the hooks, which are members of one union.
void KernelTypes::findNames() {
  std::vector<const btf_type*> functions;
  for (uint32_t id = 1; id < count(); ++id) {
    const btf_type* entry = type(id);
    if (btf_is_composite(entry) && entry->name_off) records_.emplace(nameOf(entry), id);
    if (btf_is_func(entry) && nameOf(entry).starts_with(kHookPrefix)) functions.push_back(entry);
  }
  std::unordered_set<std::string_view> members;
  if (const btf_type* hooks = type(record("security_list_options")); hooks && btf_is_union(hooks))
    for (int i = 0; i < btf_vlen(hooks); ++i) members.insert(text(btf_members(hooks)[i].name_off));
  for (const btf_type* function : functions) {
    std::string_view hook = nameOf(function).substr(kHookPrefix.size());
    const btf_type* prototype = type(function->type);
    if (!members.count(hook) || !prototype || !btf_is_func_proto(prototype)) continue;
    if (takesRecords(prototype) && !enumerators().count(kTakesRecordsSince))
      unattachable_.emplace_back(hook);
    else
      hooks_.emplace(hook, prototype);
  }
}

bool KernelTypes::takesRecords(const btf_type* prototype) const {
  for (int i = 0; i < btf_vlen(prototype); ++i)
    if (const btf_type* argument = type(stripped(btf_params(prototype)[i].type)); argument && btf_is_composite(argument)) return true;
  return false;
}

uint32_t KernelTypes::record(std::string_view name) const {
  auto found = records_.find(name);
  return found == records_.end() ? 0 : found->second;
}

uint32_t KernelTypes::stripped(uint32_t id) const {
  // A hostile file may chain types in a circle; no honest chain is this long.
  for (int steps = 0; steps < 64; ++steps) {
    const btf_type* entry = type(id);
    if (!entry || !(btf_is_mod(entry) || btf_is_typedef(entry))) return id;
    id = entry->type;
  }
  return 0;
}

const std::unordered_map<std::string_view, int64_t>& KernelTypes::enumerators() const {
  if (!enumerators_.empty()) return enumerators_;
  for (uint32_t id = 1; id < count(); ++id) {
    const btf_type* entry = type(id);
    for (int i = 0; btf_is_enum(entry) && i < btf_vlen(entry); ++i) {
      const struct btf_enum& value = btf_enum(entry)[i];
      int64_t number = btf_kflag(entry) ? static_cast<int64_t>(value.val) : static_cast<int64_t>(static_cast<uint32_t>(value.val));
      enumerators_.emplace(text(value.name_off), number);
    }
    for (int i = 0; btf_is_enum64(entry) && i < btf_vlen(entry); ++i) {
      const struct btf_enum64& value = btf_enum64(entry)[i];
      enumerators_.emplace(text(value.name_off), static_cast<int64_t>(btf_enum64_value(&value)));
    }
  }
  return enumerators_;
}

}  // namespace lsmpc::btf
