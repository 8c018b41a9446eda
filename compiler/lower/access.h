// Reads of kernel memory through CO-RE: each address is a chain of member accesses that libbpf relocates by name.
#pragma once

#include <llvm/IR/IRBuilder.h>

#include <vector>

#include "compiler/lower/debug_types.h"

namespace lsmpc::lower {

class Access {
 public:
  Access(llvm::IRBuilder<>& builder, DebugTypes& types, const btf::TypeTable& table) : builder_(builder), types_(types), table_(table) {}

  // `base`: pointer to the record of the first step.
  llvm::Value* address(llvm::Value* base, const std::vector<btf::Step>& steps);
  // The word of a bit field as the verifier may read it: a load by `load(offset, bytes)` for each possible width.
  llvm::Value* offset(const std::vector<btf::Step>& steps);               // byte offset of the member or of its storage unit, i64
  llvm::Value* info(const std::vector<btf::Step>& steps, unsigned kind);  // BPF_CORE_FIELD_* of linux/bpf.h, i64
  llvm::Value* exists(const std::vector<btf::Step>& steps);               // i1
  llvm::Value* exists(const btf::Marker& marker);                         // i1

 private:
  llvm::Value* fieldInfo(llvm::Value* access, unsigned kind);

  llvm::IRBuilder<>& builder_;
  DebugTypes& types_;
  const btf::TypeTable& table_;
};

// enum bpf_core_relo_kind of include/uapi/linux/bpf.h.
enum CoreKind : unsigned { kByteOffset = 0, kByteSize = 1, kExists = 2, kSigned = 3, kLeftShift = 4, kRightShift = 5 };

}  // namespace lsmpc::lower
