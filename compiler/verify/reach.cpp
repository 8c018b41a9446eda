#include "compiler/verify/reach.h"

#include <array>
#include <unordered_map>

#include "compiler/simulate/arithmetic.h"

namespace lsmpc::verify {
namespace {

using Value = std::optional<uint64_t>;  // nothing: not known
constexpr size_t kRegisters = 11, kClobbered = 6;
using State = std::array<Value, kRegisters>;

bool isJump(const bpf_insn& instruction) { return BPF_CLASS(instruction.code) == BPF_JMP || BPF_CLASS(instruction.code) == BPF_JMP32; }
bool isWord(const bpf_insn& instruction) { return instruction.code == (BPF_LD | BPF_IMM | BPF_DW); }
uint64_t extended(int32_t immediate) { return static_cast<uint64_t>(int64_t{immediate}); }

class Walk {
 public:
  Walk(const std::vector<bpf_insn>& code, const std::vector<object::Reference>& references)
      : code_(code),
        refers_(code.size()),
        meets_(code.size()),
        reached_(code.size()) {
    for (const object::Reference& reference : references)
      if (reference.instruction < code.size()) refers_[reference.instruction] = true;
  }

  std::optional<std::vector<bool>> run() {
    if (!findMeetings()) return std::nullopt;
    if (!come(0, State{})) return std::nullopt;
    while (!open_.empty()) {
      size_t at = open_.back();
      open_.pop_back();
      if (!follow(at)) return std::nullopt;
    }
    return std::move(reached_);
  }

 private:
  static int64_t targetOf(size_t at, const bpf_insn& jump) {
    bool far = jump.code == (BPF_JMP32 | BPF_JA);
    return static_cast<int64_t>(at) + 1 + (far ? jump.imm : jump.off);
  }
  static bool goesOn(const bpf_insn& instruction) {
    uint8_t operation = BPF_OP(instruction.code);
    return !isJump(instruction) || operation == BPF_CALL || operation == BPF_EXIT;
  }

  // Where several ways meet, what is known is kept.
  bool findMeetings() {
    for (size_t i = 0; i < code_.size(); ++i) {
      if (code_[i].dst_reg >= kRegisters || code_[i].src_reg >= kRegisters) return false;
      if (goesOn(code_[i])) continue;
      int64_t target = targetOf(i, code_[i]);
      if (target < 0 || target >= static_cast<int64_t>(code_.size())) return false;
      meets_[static_cast<size_t>(target)] = true;
    }
    return !code_.empty();
  }

  // Joins what is known on this way with what was known on those before.
  bool come(size_t at, const State& state) {
    if (at >= code_.size()) return false;
    meets_[at] = true;
    auto [known, first] = known_.emplace(at, state);
    bool changed = first;
    for (size_t i = 0; i < kRegisters; ++i) {
      Value& value = known->second[i];
      if (!value || value == state[i]) continue;
      value.reset();
      changed = true;
    }
    if (changed) open_.push_back(at);
    return true;
  }

  bool follow(size_t at) {
    State state = known_.at(at);
    for (size_t i = at;;) {
      reached_[i] = true;
      const bpf_insn& instruction = code_[i];
      if (instruction.code == (BPF_JMP | BPF_EXIT)) return true;
      if (!goesOn(instruction)) return branch(i, state);
      execute(i, state);
      i += isWord(instruction) ? 2 : 1;
      if (i >= code_.size()) return false;
      if (meets_[i]) return come(i, state);
    }
  }

  bool branch(size_t at, const State& state) {
    const bpf_insn& jump = code_[at];
    auto target = static_cast<size_t>(targetOf(at, jump));
    if (BPF_OP(jump.code) == BPF_JA) return come(target, state);
    Value left = state[jump.dst_reg], right = operand(jump, state);
    std::optional<bool> taken;
    if (left && right) taken = simulate::jumps(BPF_OP(jump.code), *left, *right, BPF_CLASS(jump.code) == BPF_JMP);
    return (taken == false || come(target, state)) && (taken == true || come(at + 1, state));
  }

  static Value operand(const bpf_insn& instruction, const State& state) {
    return BPF_SRC(instruction.code) == BPF_X ? state[instruction.src_reg] : Value(extended(instruction.imm));
  }

  void execute(size_t at, State& state) const {
    const bpf_insn& instruction = code_[at];
    switch (BPF_CLASS(instruction.code)) {
      case BPF_ALU:
      case BPF_ALU64: state[instruction.dst_reg] = computed(instruction, state); break;
      case BPF_LD: state[instruction.dst_reg] = wordAt(at); break;
      case BPF_LDX: state[instruction.dst_reg].reset(); break;
      case BPF_STX:
        if (BPF_MODE(instruction.code) == BPF_ATOMIC) state[instruction.src_reg] = state[BPF_REG_0] = std::nullopt;
        break;
      case BPF_JMP:  // a call
        for (size_t i = 0; i < kClobbered; ++i) state[i].reset();
        break;
      default: break;
    }
  }

  static Value computed(const bpf_insn& instruction, const State& state) {
    uint8_t operation = BPF_OP(instruction.code);
    if (operation == BPF_END || instruction.off) return std::nullopt;  // `off`: with a sign
    bool wide = BPF_CLASS(instruction.code) == BPF_ALU64, moves = operation == BPF_MOV;
    Value left = moves ? Value(0) : state[instruction.dst_reg];
    Value right = operation == BPF_NEG ? Value(0) : operand(instruction, state);
    return left && right ? simulate::arithmetic(operation, *left, *right, wide) : std::nullopt;
  }

  Value wordAt(size_t at) const {
    if (!isWord(code_[at]) || refers_[at] || code_[at].src_reg || at + 1 >= code_.size()) return std::nullopt;
    return static_cast<uint32_t>(code_[at].imm) | uint64_t{static_cast<uint32_t>(code_[at + 1].imm)} << 32;
  }

  const std::vector<bpf_insn>& code_;
  std::vector<bool> refers_, meets_;
  std::unordered_map<size_t, State> known_;  // by instruction where ways meet
  std::vector<bool> reached_;
  std::vector<size_t> open_;
};

}  // namespace

std::optional<std::vector<bool>> reachedIn(const std::vector<bpf_insn>& code, const std::vector<object::Reference>& references) {
  return Walk(code, references).run();
}

}  // namespace lsmpc::verify
