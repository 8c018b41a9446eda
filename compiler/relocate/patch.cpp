#include "compiler/relocate/patch.h"

#include <climits>

namespace lsmpc::relocate {
namespace {

bool isWord(const bpf_insn& instruction) { return instruction.code == (BPF_LD | BPF_IMM | BPF_DW); }

void poison(bpf_insn& instruction) {
  instruction = {};
  instruction.code = BPF_JMP | BPF_CALL;
  instruction.imm = kNoHelper;
}

// Reading more or fewer bytes gives the same number only of what has no sign.
bool mayResize(const Target& target, const ::btf& local, const ::btf& kernel) {
  const btf_type* ours = typeOf(local, withoutNames(local, target.local.type));
  const btf_type* theirs = typeOf(kernel, withoutNames(kernel, target.found->type));
  if (btf_is_ptr(ours) && btf_is_ptr(theirs)) return true;
  auto plain = [](const btf_type* type) { return btf_is_int(type) && !(btf_int_encoding(type) & BTF_INT_SIGNED); };
  return plain(ours) && plain(theirs);
}

bool resize(bpf_insn& instruction, uint32_t bytes) {
  uint8_t size;
  switch (bytes) {
    case 1: size = BPF_B; break;
    case 2: size = BPF_H; break;
    case 4: size = BPF_W; break;
    case 8: size = BPF_DW; break;
    default: return false;
  }
  instruction.code = static_cast<uint8_t>(BPF_MODE(instruction.code) | size | BPF_CLASS(instruction.code));
  return true;
}

Patched patchMemory(bpf_insn& instruction, const Target& target, const ::btf& local, const ::btf& kernel) {
  if (static_cast<uint64_t>(static_cast<int64_t>(instruction.off)) != target.local.value || target.found->value > SHRT_MAX)
    return Patched::Wrong;
  bool resized = target.local.size != target.found->size;
  if (resized && !mayResize(target, local, kernel)) return poison(instruction), Patched::Poisoned;
  instruction.off = static_cast<int16_t>(target.found->value);
  return !resized || resize(instruction, target.found->size) ? Patched::Done : Patched::Wrong;
}

}  // namespace

Patched patch(std::vector<bpf_insn>& code, const object::CoreRelocation& relocation, const Target& target, const ::btf& local,
              const ::btf& kernel, std::string& wrong) {
  bpf_insn& instruction = code[relocation.instruction];
  bool whole = !isWord(instruction) || relocation.instruction + 1 < code.size();
  if (whole && !target.found) {
    if (isWord(instruction)) poison(code[relocation.instruction + 1]);
    poison(instruction);
    return Patched::Poisoned;
  }
  Patched done = Patched::Wrong;
  if (!whole) {
    // An instruction of two words whose second is cut off.
  } else if (isWord(instruction)) {
    instruction.imm = static_cast<int32_t>(target.found->value);
    code[relocation.instruction + 1].imm = static_cast<int32_t>(target.found->value >> 32);
    done = Patched::Done;
  } else if (BPF_CLASS(instruction.code) == BPF_ALU || BPF_CLASS(instruction.code) == BPF_ALU64) {
    instruction.imm = static_cast<int32_t>(target.found->value);
    if (BPF_SRC(instruction.code) == BPF_K && target.found->value <= INT_MAX) done = Patched::Done;
  } else if (BPF_CLASS(instruction.code) == BPF_LDX || BPF_CLASS(instruction.code) == BPF_ST || BPF_CLASS(instruction.code) == BPF_STX) {
    done = patchMemory(instruction, target, local, kernel);
  }
  if (done == Patched::Wrong) wrong = "the instruction of the relocation to `" + target.what + "` cannot hold it";
  return done;
}

}  // namespace lsmpc::relocate
