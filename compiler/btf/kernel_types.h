// One target's BTF, opened by libbpf, with what is asked of it by name.
#pragma once

#include <bpf/btf.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lsmpc::btf {

struct BtfFree {
  void operator()(struct btf* types) const { btf__free(types); }
};

class KernelTypes {
 public:
  // Raw BTF or an ELF file with a .BTF section. Null, with the reason in `error`, for anything else.
  static std::unique_ptr<KernelTypes> open(const std::string& name, const std::string& path, std::string& error);

  const std::string& name() const { return name_; }
  const struct btf& raw() const { return *types_; }
  const btf_type* type(uint32_t id) const { return btf__type_by_id(types_.get(), id); }
  std::string_view text(uint32_t offset) const;
  std::string_view nameOf(const btf_type* type) const { return text(type->name_off); }
  uint32_t count() const { return btf__type_cnt(types_.get()); }

  uint32_t record(std::string_view name) const;  // struct or union; 0: none
  uint32_t stripped(uint32_t id) const;          // without typedefs and qualifiers

  // Prototypes of `bpf_lsm_NAME` by NAME, for the members of union security_list_options.
  const std::unordered_map<std::string, const btf_type*>& hookPrototypes() const { return hooks_; }
  // Hooks to which this kernel lets no program attach, because an argument is a record by value (kernel/bpf/btf.c before 6.1).
  const std::vector<std::string>& unattachable() const { return unattachable_; }
  const std::unordered_map<std::string_view, int64_t>& enumerators() const;

 private:
  KernelTypes(std::string name, struct btf* types);
  void findNames();
  bool takesRecords(const btf_type* prototype) const;

  std::string name_;
  std::unique_ptr<struct btf, BtfFree> types_;
  std::unordered_map<std::string_view, uint32_t> records_;
  std::unordered_map<std::string, const btf_type*> hooks_;
  std::vector<std::string> unattachable_;
  mutable std::unordered_map<std::string_view, int64_t> enumerators_;
};

}  // namespace lsmpc::btf
