#include "compiler/lower/access.h"

#include <llvm/IR/IntrinsicsBPF.h>

namespace lsmpc::lower {

using namespace llvm;

Value* Access::address(Value* base, const std::vector<btf::Step>& steps) {
  for (const btf::Step& step : steps) {
    const btf::Type& type = table_[step.record.value];
    if (step.element) {
      auto* elements = ArrayType::get(ArrayType::get(builder_.getInt8Ty(), table_[step.type.value].size), type.count);
      base = builder_.CreatePreserveArrayAccessIndex(elements, base, 1, static_cast<unsigned>(*step.element), types_.array(step.record));
      continue;
    }
    DICompositeType* record = types_.record(step.record);
    unsigned index = types_.indexOf(step);
    if (type.is_union) {
      base = builder_.CreatePreserveUnionAccessIndex(base, index, record);
    } else {
      auto* body = ArrayType::get(builder_.getInt8Ty(), type.size);
      base =
          builder_.CreatePreserveStructAccessIndex(StructType::get(builder_.getContext(), ArrayRef<Type*>{body}), base, 0, index, record);
    }
  }
  return base;
}

Value* Access::fieldInfo(Value* access, unsigned kind) {
  Module* module = builder_.GetInsertBlock()->getModule();
  Function* intrinsic = Intrinsic::getDeclaration(module, Intrinsic::bpf_preserve_field_info, {access->getType()});
  Value* info = builder_.CreateCall(intrinsic, {access, builder_.getInt64(kind)});
  return builder_.CreateZExt(info, builder_.getInt64Ty());
}

Value* Access::info(const std::vector<btf::Step>& steps, unsigned kind) {
  return fieldInfo(address(ConstantPointerNull::get(builder_.getPtrTy()), steps), kind);
}

Value* Access::offset(const std::vector<btf::Step>& steps) { return info(steps, kByteOffset); }

Value* Access::exists(const std::vector<btf::Step>& steps) { return builder_.CreateICmpNE(info(steps, kExists), builder_.getInt64(0)); }

Value* Access::exists(const btf::Marker& marker) {
  DICompositeType* record = types_.marker(marker);
  Value* null = ConstantPointerNull::get(builder_.getPtrTy());
  Value* access;
  if (marker.is_union) {
    access = builder_.CreatePreserveUnionAccessIndex(null, 0, record);
  } else {
    auto* body = StructType::get(builder_.getContext(), ArrayRef<Type*>{ArrayType::get(builder_.getInt8Ty(), 8)});
    access = builder_.CreatePreserveStructAccessIndex(body, null, 0, 0, record);
  }
  return builder_.CreateICmpNE(fieldInfo(access, kExists), builder_.getInt64(0));
}

}  // namespace lsmpc::lower
