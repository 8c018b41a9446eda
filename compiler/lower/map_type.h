// A map of the object. libbpf reads its numbers from its type: `int (*NAME)[N]`, member by member, and of an array of maps the maps' type: `struct … *values[]`.
#pragma once

#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/DIBuilder.h>
#include <llvm/IR/GlobalVariable.h>
#include <llvm/IR/Module.h>

#include <string>

namespace lsmpc::lower {

class MapType {
 public:
  MapType(llvm::DIBuilder& debug, llvm::DICompileUnit* unit) : debug_(debug), unit_(unit) {}

  MapType& number(const char* name, uint32_t number);
  MapType& values(llvm::DIType* inner);
  llvm::DIType* finish();
  // A map of that type.
  llvm::GlobalVariable* define(llvm::Module& module, const std::string& name);

 private:
  llvm::DIType* arrayOf(llvm::DIType* type, uint64_t bits, uint32_t count);
  MapType& add(const char* name, llvm::DIType* type);

  llvm::DIBuilder& debug_;
  llvm::DICompileUnit* unit_;
  llvm::SmallVector<llvm::Metadata*, 5> members_;
  uint64_t bits_ = 0;
};

}  // namespace lsmpc::lower
