// The types of several kernels as one: a merged type stands for one type id in each target (0 where it is absent). Records
// meet by name, everything else by the way it was reached.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "compiler/btf/kernel_types.h"
#include "compiler/btf/types.h"

namespace lsmpc::btf {

using Ids = std::vector<uint32_t>;  // by target

class Merge {
 public:
  explicit Merge(const std::vector<std::unique_ptr<KernelTypes>>& kernels);

  TypeId intern(Ids ids);  // ids need not be stripped
  std::optional<TypeId> record(std::string_view name);
  std::optional<FieldPath> member(TypeId record, std::string_view name);
  std::vector<std::string> memberNames(TypeId record) const;
  const std::shared_ptr<TypeTable>& table() const { return table_; }

 private:
  struct Hop {
    uint32_t record;  // type id in its target
    uint32_t index;   // of the member
  };
  bool find(const KernelTypes& kernel, uint32_t record, std::string_view name, std::vector<Hop>& way, int depth) const;
  Type describe(const Ids& ids);
  FieldPath pathOf(size_t target, const std::vector<Hop>& way);

  const std::vector<std::unique_ptr<KernelTypes>>& kernels_;
  std::shared_ptr<TypeTable> table_;
  std::vector<Ids> ids_;  // of each entry of the table
  std::map<Ids, uint32_t> known_;
};

Shape shapeOf(const btf_type* type);

}  // namespace lsmpc::btf
