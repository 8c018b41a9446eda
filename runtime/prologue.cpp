#include "runtime/prologue.h"

#include <array>
#include <cerrno>

#include "runtime/gate.h"
#include "runtime/turn.h"

namespace lsmpc::runtime {
namespace {

constexpr int16_t kMark = -8, kValue = -16;  // on the stack

enum Label { kOwn, kForget, kWasOurs, kNotYet, kPermit, kLabels };

class Code {
 public:
  std::vector<bpf_insn> instructions;

  void add(uint8_t code, uint8_t to, uint8_t from, int16_t offset, int32_t value) {
    bpf_insn made{};
    made.code = code;
    made.dst_reg = to;
    made.src_reg = from;
    made.off = offset;
    made.imm = value;
    instructions.push_back(made);
  }
  void move(uint8_t to, uint8_t from) { add(BPF_ALU64 | BPF_MOV | BPF_X, to, from, 0, 0); }
  void set(uint8_t to, int32_t value) { add(BPF_ALU64 | BPF_MOV | BPF_K, to, 0, 0, value); }
  void map(uint8_t to, int map) { wide(to, BPF_PSEUDO_MAP_FD, map, 0); }
  void mapValue(uint8_t to, int map, size_t at) { wide(to, BPF_PSEUDO_MAP_VALUE, map, static_cast<int32_t>(at)); }
  void load(uint8_t to, uint8_t from) { add(BPF_LDX | BPF_DW | BPF_MEM, to, from, 0, 0); }
  void stackAddress(uint8_t to, int16_t at) {
    move(to, BPF_REG_10);
    add(BPF_ALU64 | BPF_ADD | BPF_K, to, 0, 0, at);
  }
  void call(int32_t helper) { add(BPF_JMP | BPF_CALL, 0, 0, 0, helper); }
  void jump(Label to) { jumpIf(BPF_JA, 0, 0, to); }
  void jumpIf(uint8_t relation, uint8_t left, int32_t right, Label to) {
    jumps_[to].push_back(instructions.size());
    add(BPF_JMP | relation | BPF_K, left, 0, 0, right);
  }
  void place(Label label) {
    for (size_t jump : jumps_[label]) instructions[jump].off = static_cast<int16_t>(instructions.size() - jump - 1);
  }

 private:
  void wide(uint8_t to, uint8_t kind, int32_t low, int32_t high) {
    add(BPF_LD | BPF_DW | BPF_IMM, to, kind, 0, low);
    add(0, 0, 0, 0, high);
  }

  std::array<std::vector<size_t>, kLabels> jumps_;
};

// r1, r2: the map of marks and this call's mark.
void askMarks(Code& code, int marks) {
  code.map(BPF_REG_1, marks);
  code.stackAddress(BPF_REG_2, kMark);
}

// For the process that rehearses the policy it decides, and notes that the kernel came here.
void rehearse(Code& code, int gate, size_t slot) {
  constexpr uint8_t kOther = BPF_REG_8;
  code.mapValue(BPF_REG_0, gate, 0);
  code.load(kOther, BPF_REG_0);
  code.jumpIf(BPF_JEQ, kOther, static_cast<int32_t>(kGateClosed), kNotYet);
  code.call(BPF_FUNC_get_current_pid_tgid);
  code.add(BPF_ALU64 | BPF_RSH | BPF_K, BPF_REG_0, 0, 0, 32);
  code.add(BPF_ALU64 | BPF_SUB | BPF_X, BPF_REG_0, kOther, 0, 0);
  code.jumpIf(BPF_JNE, BPF_REG_0, 0, kNotYet);
  code.mapValue(BPF_REG_0, gate, sizeof(uint64_t) * (1 + slot));
  code.set(BPF_REG_2, 1);
  code.add(BPF_STX | BPF_DW | BPF_MEM, BPF_REG_0, BPF_REG_2, 0, 0);
  code.jump(kOwn);
}

// The older one, which is called next, decides. Where no mark can be left this one does: better both than none.
void leaveMark(Code& code, int marks) {
  code.jumpIf(BPF_JEQ, BPF_REG_7, 0, kPermit);
  code.set(BPF_REG_3, 0);
  code.add(BPF_STX | BPF_DW | BPF_MEM, BPF_REG_10, BPF_REG_3, kValue, 0);
  askMarks(code, marks);
  code.stackAddress(BPF_REG_3, kValue);
  code.set(BPF_REG_4, BPF_ANY);
  code.call(BPF_FUNC_map_update_elem);
  code.jumpIf(BPF_JNE, BPF_REG_0, 0, kOwn);
  code.jump(kPermit);
}

// A mark says that it was still its turn when this call began. Only where there is none for sure it does not decide.
void takeMark(Code& code, int marks) {
  askMarks(code, marks);
  code.call(BPF_FUNC_map_delete_elem);
  code.jumpIf(BPF_JNE, BPF_REG_0, -ENOENT, kOwn);
  code.jump(kPermit);
}

}  // namespace

std::vector<bpf_insn> prologue(const PrologueMaps& maps, uint64_t generation, size_t slot, bool has_older) {
  const auto own = static_cast<int32_t>(generation);
  Code code;
  code.move(BPF_REG_6, BPF_REG_1);
  code.mapValue(BPF_REG_0, maps.turn, 0);
  code.load(BPF_REG_7, BPF_REG_0);
  size_t quick = code.instructions.size();
  code.add(BPF_JMP | BPF_JEQ | BPF_K, BPF_REG_7, 0, 0, own);
  code.move(BPF_REG_1, BPF_REG_6);
  code.add(BPF_ALU64 | BPF_NEG, BPF_REG_1, 0, 0, 0);  // the verifier forgets what it pointed to
  code.add(BPF_STX | BPF_DW | BPF_MEM, BPF_REG_10, BPF_REG_1, kMark, 0);
  code.jumpIf(BPF_JEQ, BPF_REG_7, own | static_cast<int32_t>(kNewerAttached), kForget);
  code.jumpIf(BPF_JEQ, BPF_REG_7, own | static_cast<int32_t>(kOlderAttached), kForget);
  code.add(BPF_ALU64 | BPF_AND | BPF_K, BPF_REG_7, 0, 0, static_cast<int32_t>(kMostGenerations - 1));
  code.jumpIf(BPF_JGT, BPF_REG_7, own, kWasOurs);
  rehearse(code, maps.gate, slot);
  code.place(kNotYet);
  if (has_older)
    leaveMark(code, maps.marks);
  else
    code.jump(kPermit);
  code.place(kWasOurs);
  takeMark(code, maps.marks);
  code.place(kForget);
  askMarks(code, maps.marks);
  code.call(BPF_FUNC_map_delete_elem);
  code.jump(kOwn);
  code.place(kPermit);
  code.set(BPF_REG_0, 0);
  code.add(BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
  code.place(kOwn);
  code.move(BPF_REG_1, BPF_REG_6);
  code.instructions[quick].off = static_cast<int16_t>(code.instructions.size() - quick - 1);
  return std::move(code.instructions);
}

}  // namespace lsmpc::runtime
