#include "runtime/prologue.h"

#include <array>

#include "runtime/gate.h"
#include "runtime/turn.h"

namespace lsmpc::runtime {
namespace {

enum Label { kOwn, kHeirs, kMarked, kPermit, kLabels };

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
  void shift(uint8_t how, uint8_t to, int32_t bits) { add(BPF_ALU64 | how | BPF_K, to, 0, 0, bits); }
  void mask(uint8_t to, int32_t bits) { add(BPF_ALU64 | BPF_AND | BPF_K, to, 0, 0, bits); }
  void both(uint8_t how, uint8_t to, uint8_t from) { add(BPF_ALU64 | how | BPF_X, to, from, 0, 0); }
  void wide(uint8_t to, int64_t value) {
    add(BPF_LD | BPF_DW | BPF_IMM, to, 0, 0, static_cast<int32_t>(value));
    add(0, 0, 0, 0, static_cast<int32_t>(value >> 32));
  }
  // The address of a word of the map's one value.
  void mapWord(uint8_t to, int map, size_t word) {
    add(BPF_LD | BPF_DW | BPF_IMM, to, BPF_PSEUDO_MAP_VALUE, 0, map);
    add(0, 0, 0, 0, static_cast<int32_t>(word * sizeof(uint64_t)));
  }
  void load(uint8_t to, uint8_t from) { add(BPF_LDX | BPF_DW | BPF_MEM, to, from, 0, 0); }
  void store(uint8_t to, uint8_t from) { add(BPF_STX | BPF_DW | BPF_MEM, to, from, 0, 0); }
  void call(int32_t helper) { add(BPF_JMP | BPF_CALL, 0, 0, 0, helper); }
  void jump(Label to) { jumpIf(BPF_JA, 0, 0, to); }
  void jumpIf(uint8_t relation, uint8_t left, int32_t right, Label to) {
    jumps_[to].push_back(instructions.size());
    add(BPF_JMP | relation | BPF_K, left, 0, 0, right);
  }
  void jumpUnless(uint8_t left, uint8_t right, Label to) {
    jumps_[to].push_back(instructions.size());
    add(BPF_JMP | BPF_JNE | BPF_X, left, right, 0, 0);
  }
  void place(Label label) {
    for (size_t jump : jumps_[label]) instructions[jump].off = static_cast<int16_t>(instructions.size() - jump - 1);
  }

 private:
  std::array<std::vector<size_t>, kLabels> jumps_;
};

constexpr uint8_t kContext = BPF_REG_6, kTurn = BPF_REG_7, kMarkAt = BPF_REG_8, kMark = BPF_REG_9;

// What differs in the addresses of arguments: their lowest bits are zeros, and kernel addresses begin with eight ones at least (five levels of page tables).
constexpr int32_t kLowBits = 3, kHighBits = 8, kAddressBits = 64 - kLowBits - kHighBits;
constexpr int32_t kGenerationBits = 23;
// Modulo any power of two a product with an odd number tells its factor exactly. Its highest bits choose the mark, and hang on all of the address, of which the
// kernel chooses some at random (randomize_kstack_offset). The others are in the mark.
constexpr int64_t kOdd = static_cast<int64_t>(0x9e3779b97f4a7c15);
static_assert(kAddressBits - kMarkBits + kGenerationBits <= 64);

// kMarkAt: where the call's mark is; kMark: what is there if the generation in kTurn has decided the call.
void findMark(Code& code, int turn) {
  code.move(kMark, kContext);
  code.add(BPF_ALU64 | BPF_NEG, kMark, 0, 0, 0);  // the verifier forgets what it pointed to
  code.shift(BPF_RSH, kMark, kLowBits);
  code.wide(BPF_REG_1, kOdd);
  code.both(BPF_MUL, kMark, BPF_REG_1);
  code.shift(BPF_LSH, kMark, 64 - kAddressBits);
  code.move(kMarkAt, kMark);
  code.shift(BPF_RSH, kMarkAt, 64 - kMarkBits);
  code.shift(BPF_LSH, kMarkAt, 3);
  code.mapWord(BPF_REG_1, turn, kFirstMark);
  code.both(BPF_ADD, kMarkAt, BPF_REG_1);
  code.shift(BPF_LSH, kMark, kMarkBits);
  code.move(BPF_REG_1, kTurn);
  code.mask(BPF_REG_1, (1 << kGenerationBits) - 1);
  code.both(BPF_OR, kMark, BPF_REG_1);
}

// For the process that rehearses the policy it decides, and notes that the kernel came here.
void rehearse(Code& code, int gate, size_t called) {
  constexpr uint8_t kOther = BPF_REG_8;
  code.mapWord(BPF_REG_0, gate, 0);
  code.load(kOther, BPF_REG_0);
  code.jumpIf(BPF_JEQ, kOther, static_cast<int32_t>(kGateClosed), kPermit);
  code.call(BPF_FUNC_get_current_pid_tgid);
  code.shift(BPF_RSH, BPF_REG_0, 32);
  code.jumpUnless(BPF_REG_0, kOther, kPermit);
  code.mapWord(BPF_REG_0, gate, called);
  code.set(BPF_REG_2, 1);
  code.store(BPF_REG_0, BPF_REG_2);
  code.jump(kOwn);
}

// A newer one's turn. It decides the calls that it has marked. All others of the hooks that both have began before it was attached, or came to it before it was its turn.
void leaveToHeir(Code& code, const PrologueMaps& maps, size_t heir) {
  code.mapWord(BPF_REG_0, maps.gate, heir);
  code.load(BPF_REG_0, BPF_REG_0);
  code.jumpUnless(BPF_REG_0, kTurn, kPermit);
  findMark(code, maps.turn);
  code.load(BPF_REG_0, kMarkAt);
  code.jumpUnless(BPF_REG_0, kMark, kOwn);
  code.jump(kPermit);
}

}  // namespace

std::vector<bpf_insn> prologue(const PrologueMaps& maps, const PrologueOf& program) {
  const auto own = static_cast<int32_t>(program.generation);
  Code code;
  code.move(kContext, BPF_REG_1);
  code.mapWord(BPF_REG_0, maps.turn, kTurnWord);
  code.load(kTurn, BPF_REG_0);
  size_t quick = code.instructions.size();
  code.add(BPF_JMP | BPF_JEQ | BPF_K, kTurn, 0, 0, own);
  code.mask(kTurn, static_cast<int32_t>(kMostGenerations - 1));
  code.jumpIf(BPF_JGT, kTurn, own, kHeirs);
  code.jumpIf(BPF_JEQ, kTurn, own, kMarked);
  rehearse(code, maps.gate, program.called);
  code.place(kHeirs);
  leaveToHeir(code, maps, program.heir);
  code.place(kMarked);
  if (program.has_older) {
    findMark(code, maps.turn);
    code.store(kMarkAt, kMark);
  }
  code.jump(kOwn);
  code.place(kPermit);
  code.set(BPF_REG_0, 0);
  code.add(BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
  code.place(kOwn);
  code.move(BPF_REG_1, kContext);
  code.instructions[quick].off = static_cast<int16_t>(code.instructions.size() - quick - 1);
  return std::move(code.instructions);
}

}  // namespace lsmpc::runtime
