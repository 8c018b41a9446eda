// What a kernel can do for programs, by its own types: constants of include/uapi/linux/bpf.h that its BTF names.
#pragma once

#include <bpf/btf.h>

#include <cstdint>
#include <set>
#include <string>

#include "compiler/relocate/relocate.h"

namespace lsmpc::verify {

// One that an object may be loaded on. Its BTF may be trimmed (stdlib/kernels) and outlives it.
class Kernel {
 public:
  Kernel(std::string name, const ::btf& types);

  const std::string& name() const { return name_; }
  const ::btf& types() const { return names_.types(); }
  const relocate::Names& names() const { return names_; }

  bool hasHelper(int32_t number) const { return helpers_.count(number) != 0; }
  bool hasMapType(uint32_t type) const { return map_types_.count(static_cast<int32_t>(type)) != 0; }
  bool hasTaskStorage() const { return has_task_storage_; }
  // A function that nothing comes to is left unverified: since 6.8 (commit 406a6fa44bfb). Told by a constant of 6.9, the first that shows.
  bool passesOverUncalled() const { return passes_over_uncalled_; }

 private:
  std::string name_;
  relocate::Names names_;
  std::set<int32_t> helpers_, map_types_;
  bool has_task_storage_ = false, passes_over_uncalled_ = false;
};

// `task_storage_get`; of one that this compiler's headers do not know its number.
std::string helperName(int32_t number);

}  // namespace lsmpc::verify
