#include "compiler/lower/map_type.h"

#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/IR/Constants.h>

namespace lsmpc::lower {

using namespace llvm;

MapType& MapType::number(const char* name, uint32_t number) {
  DIType* integer = debug_.createBasicType("int", 32, dwarf::DW_ATE_signed);
  return add(name, debug_.createPointerType(arrayOf(integer, 32, number), 64));
}

MapType& MapType::values(DIType* inner) { return add("values", arrayOf(debug_.createPointerType(inner, 64), 64, 0)); }

DIType* MapType::finish() {
  return debug_.createStructType(unit_, "", unit_->getFile(), 0, bits_, 64, DINode::FlagZero, nullptr, debug_.getOrCreateArray(members_));
}

GlobalVariable* MapType::define(Module& module, const std::string& name) {
  auto* words = ArrayType::get(PointerType::getUnqual(module.getContext()), bits_ / 64);
  auto* variable = new GlobalVariable(module, words, false, GlobalValue::ExternalLinkage, Constant::getNullValue(words), name);
  variable->setSection(".maps");
  variable->setAlignment(Align(8));
  variable->setDSOLocal(true);
  variable->addDebugInfo(debug_.createGlobalVariableExpression(unit_, name, name, unit_->getFile(), 0, finish(), false));
  return variable;
}

DIType* MapType::arrayOf(DIType* type, uint64_t bits, uint32_t count) {
  return debug_.createArrayType(count * bits, static_cast<uint32_t>(bits), type,
                                debug_.getOrCreateArray({debug_.getOrCreateSubrange(0, int64_t{count})}));
}

MapType& MapType::add(const char* name, DIType* type) {
  members_.push_back(debug_.createMemberType(unit_, name, unit_->getFile(), 0, type->getSizeInBits(), 64, bits_, DINode::FlagZero, type));
  bits_ += type->getSizeInBits();
  return *this;
}

}  // namespace lsmpc::lower
