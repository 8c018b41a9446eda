// The kernel's record types as debug information: what CO-RE relocates by. Each record carries only the members that the
// decision touches, in ascending order of offset, as the kernel's BTF check wants them (kernel/bpf/btf.c, btf_struct_check).
#pragma once

#include <llvm/IR/DIBuilder.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "compiler/btf/types.h"
#include "compiler/decision/decision.h"

namespace lsmpc::lower {

class DebugTypes {
 public:
  // Collects every member that the programs' fields name.
  DebugTypes(llvm::DIBuilder& builder, llvm::DICompileUnit* unit, const decision::Decision& decision);

  llvm::DICompositeType* record(btf::TypeId id);
  llvm::DIType* array(btf::TypeId id);
  // Index of the step's member among those that its record carries.
  unsigned indexOf(const btf::Step& step) const;
  // A record with just one pointer member, under a name of its own: markers are looked for apart from other uses.
  llvm::DICompositeType* marker(const btf::Marker& marker);

  llvm::DIType* integer(unsigned bits, bool is_signed);
  llvm::DIType* pointer();

 private:
  using Place = std::pair<uint32_t, std::string>;  // bit offset, name

  void collect(const btf::FieldPath& path);
  llvm::DIType* type(btf::TypeId id);
  uint32_t bytesOf(btf::TypeId id) const;
  llvm::DICompositeType* empty(const std::string& name, bool is_union, uint32_t bytes);
  llvm::Metadata* member(const btf::Step& step, llvm::DIScope* scope);

  llvm::DIBuilder& builder_;
  llvm::DICompileUnit* unit_;
  const btf::TypeTable& types_;
  std::map<uint32_t, std::map<Place, btf::Step>> used_;  // by record
  std::map<uint32_t, llvm::DICompositeType*> records_;
  std::map<uint32_t, llvm::DIType*> arrays_;
  std::map<std::string, llvm::DICompositeType*> markers_;
};

}  // namespace lsmpc::lower
