// Members of the acting task and of what it leads to, such as its credentials: by loads where the kernel gives the task as a typed pointer (since
// 5.11), which cost a tenth of probes. The pointers on the way live in registers alone: nothing of them is left for the verifier to follow.
#include <algorithm>
#include <string>

#include "compiler/lower/library.h"
#include "compiler/lower/program.h"
#include "runtime/abi/layout.h"

namespace lsmpc::lower {

using namespace llvm;
using decision::ValueId;
using decision::ValueOp;

namespace {

// enum bpf_func_id, include/uapi/linux/bpf.h
constexpr uint64_t kGetCurrentTaskBtf = 158, kGetCurrentUidGid = 15;

struct Half {
  std::string_view members;
  uint64_t shift;
};
constexpr Half kUidGid[] = {{".cred.uid.val", 0}, {".cred.gid.val", 32}};  // what that helper's word is of, in the initial user namespace

}  // namespace

// From pointer to pointer; nothing where it does not begin at the acting task, or a load cannot do it.
std::vector<ProgramLowering::Chain> ProgramLowering::fromTask(ValueId id) const {
  std::vector<Chain> hops;
  if (program_.values[id].type.kind == policy::TypeKind::Pointer) return hops;
  for (ValueId at = id; program_.values[at].op == ValueOp::Field; at = hops.back().base) {
    bool everywhere = (program_.values[at].field.present & program_.targets) == program_.targets;
    Chain chain = chainOf(at);
    if (!everywhere || chain.steps.back().bit_size != 0 || isUntyped(chain.steps)) return {};
    hops.push_back(std::move(chain));
  }
  const decision::Value& root = program_.values[hops.empty() ? id : hops.back().base];
  if (root.op != ValueOp::Builtin || root.builtin != policy::Builtin::Current) return {};
  std::reverse(hops.begin(), hops.end());
  return hops;
}

Loaded ProgramLowering::ofTask(const std::vector<Chain>& hops, const decision::Value& value) {
  Type* pointer = builder_.getPtrTy();
  Value* typed = callLibrary(builder_, "lsmp_has_task_storage", builder_.getInt32Ty(), {});
  Loaded read = either(
      builder_.CreateICmpNE(typed, i32(0)), {builder_.getInt64Ty()},
      [&]() -> Loaded {
        Value* helper = ConstantExpr::getIntToPtr(builder_.getInt64(kGetCurrentTaskBtf), pointer);
        return follow(builder_.CreateCall(FunctionType::get(pointer, false), helper, {}), hops, 0, value.type);
      },
      [&]() -> Loaded { return untyped(hops, value); });
  return {comparison_.joined(read.state), {comparison_.joined(read.words[0])}};
}

// By probes, which cost more than a helper of the kernel does.
Loaded ProgramLowering::untyped(const std::vector<Chain>& hops, const decision::Value& value) {
  std::string members;
  for (const Chain& hop : hops)
    for (const btf::Step& step : hop.steps) members += btf::textOf(step);
  for (const Half& half : kUidGid)
    if (members == half.members) return present(builder_.CreateAnd(builder_.CreateLShr(helper(kGetCurrentUidGid), half.shift), UINT32_MAX));
  return member(value);
}

Loaded ProgramLowering::follow(Value* pointer, const std::vector<Chain>& hops, size_t hop, const policy::Type& type) {
  bool is_last = hop + 1 == hops.size();
  Loaded read = readMember(present(pointer), hops[hop].steps, false, is_last ? type : policy::Type{.kind = policy::TypeKind::Pointer});
  if (is_last) return read;
  Value* next = read.words[0];
  return guarded(isKernelAddress(next), i32(LSMP_IS_UNRESOLVED), {builder_.getInt64Ty()},
                 [&] { return follow(next, hops, hop + 1, type); });
}

}  // namespace lsmpc::lower
