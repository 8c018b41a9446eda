#include "compiler/simulate/machine.h"

#include "compiler/simulate/arithmetic.h"
#include "compiler/simulate/helpers.h"

namespace lsmpc::simulate {
namespace {

constexpr uint64_t kMostInstructions = 10'000'000;  // of a run: a verifier follows at most a million, and loops are bounded
constexpr size_t kFrameBytes = 512;                 // MAX_BPF_STACK
constexpr Address kKernelHalf = 0xffff800000000000;

size_t bytesOf(const bpf_insn& instruction) {
  switch (BPF_SIZE(instruction.code)) {
    case BPF_B: return 1;
    case BPF_H: return 2;
    case BPF_W: return 4;
    default: return 8;
  }
}

}  // namespace

Machine::Machine(const Image& image, Memory& memory, Maps& maps, Acting& acting)
    : image_(image),
      memory_(memory),
      maps_(maps),
      acting_(acting) {
  stack_ = memory.add(Place::Stack, kFrameBytes * frames_.size());
}

Machine::~Machine() { memory_.remove(stack_); }

bool Machine::fail(const std::string& fault) {
  fault_ = fault;
  return false;
}

Outcome Machine::run(size_t function, Address context) {
  registers_ = {};
  registers_[BPF_REG_1] = context;
  depth_ = 0;
  fault_.clear();
  Outcome outcome;
  enter(function);
  while (depth_ > 0) {
    Frame& frame = frames_[depth_ - 1];
    const std::vector<bpf_insn>& code = image_.code[frame.function];
    bool more = frame.next < code.size() || fail("execution runs past the end of a function");
    if (more && ++outcome.instructions > kMostInstructions) more = fail("more than " + std::to_string(kMostInstructions) + " instructions");
    if (!more || !step(code[frame.next++])) break;
  }
  outcome.fault = fault_;
  outcome.value = static_cast<int32_t>(registers_[BPF_REG_0]);
  return outcome;
}

uint64_t Machine::operand(const bpf_insn& instruction) const {
  if (BPF_SRC(instruction.code) == BPF_X) return registers_[instruction.src_reg];
  return static_cast<uint64_t>(static_cast<int64_t>(instruction.imm));
}

bool Machine::step(const bpf_insn& instruction) {
  if (instruction.dst_reg >= registers_.size() || instruction.src_reg >= registers_.size()) return fail("an instruction of no register");
  switch (BPF_CLASS(instruction.code)) {
    case BPF_LD:
    case BPF_LDX: return load(instruction);
    case BPF_ST: return store(instruction, static_cast<uint64_t>(static_cast<int64_t>(instruction.imm)));
    case BPF_STX:
      return BPF_MODE(instruction.code) == BPF_ATOMIC ? atomic(instruction) : store(instruction, registers_[instruction.src_reg]);
    case BPF_ALU:
    case BPF_ALU64: return compute(instruction);
    default: return jump(instruction);
  }
}

// A load through a pointer that the kernel gave reads 0 where nothing is, as the kernel's own handler of faults has it; any other is a fault.
bool Machine::load(const bpf_insn& instruction) {
  uint64_t& to = registers_[instruction.dst_reg];
  if (BPF_CLASS(instruction.code) == BPF_LD) {
    Frame& frame = frames_[depth_ - 1];
    const std::vector<bpf_insn>& code = image_.code[frame.function];
    if (instruction.code != (BPF_LD | BPF_IMM | BPF_DW) || frame.next >= code.size()) return fail("an instruction that there is not");
    to = static_cast<uint32_t>(instruction.imm) | static_cast<uint64_t>(static_cast<uint32_t>(code[frame.next++].imm)) << 32;
    return true;
  }
  if (BPF_MODE(instruction.code) != BPF_MEM) return fail("an instruction that there is not");
  Address address = registers_[instruction.src_reg] + static_cast<uint64_t>(static_cast<int64_t>(instruction.off));
  size_t bytes = bytesOf(instruction);
  uint64_t value = 0;
  if (!memory_.read(address, &value, bytes) && address >= 4096 && address < kKernelHalf) return fail("a load from where no memory is");
  to = value;
  return true;
}

bool Machine::store(const bpf_insn& instruction, uint64_t value) {
  Address address = registers_[instruction.dst_reg] + static_cast<uint64_t>(static_cast<int64_t>(instruction.off));
  if (BPF_MODE(instruction.code) != BPF_MEM) return fail("an instruction that there is not");
  return memory_.write(address, &value, bytesOf(instruction)) || fail("a store to where no memory is");
}

bool Machine::atomic(const bpf_insn& instruction) {
  Address address = registers_[instruction.dst_reg] + static_cast<uint64_t>(static_cast<int64_t>(instruction.off));
  size_t bytes = bytesOf(instruction);
  uint64_t before = 0, source = registers_[instruction.src_reg];
  if (!memory_.read(address, &before, bytes)) return fail("an atomic operation where no memory is");
  uint64_t after = source;
  if (instruction.imm == BPF_CMPXCHG) {
    uint64_t expected = bytes == 4 ? static_cast<uint32_t>(registers_[BPF_REG_0]) : registers_[BPF_REG_0];
    after = before == expected ? source : before;
    registers_[BPF_REG_0] = before;
  } else if (instruction.imm != BPF_XCHG) {
    auto result = arithmetic(static_cast<uint8_t>(instruction.imm & 0xf0), before, source, bytes == 8);
    if (!result) return fail("an atomic operation that there is not");
    after = *result;
  }
  if (instruction.imm & BPF_FETCH && instruction.imm != BPF_CMPXCHG) registers_[instruction.src_reg] = before;
  return memory_.write(address, &after, bytes);
}

bool Machine::compute(const bpf_insn& instruction) {
  bool wide = BPF_CLASS(instruction.code) == BPF_ALU64;
  uint64_t& to = registers_[instruction.dst_reg];
  auto result = BPF_OP(instruction.code) == BPF_END ? endian(to, instruction.imm, wide || BPF_SRC(instruction.code) == BPF_TO_BE)
                                                    : arithmetic(BPF_OP(instruction.code), to, operand(instruction), wide);
  if (!result) return fail("an operation that there is not");
  to = *result;
  return true;
}

bool Machine::jump(const bpf_insn& instruction) {
  bool wide = BPF_CLASS(instruction.code) == BPF_JMP;
  size_t& next = frames_[depth_ - 1].next;
  if (wide && BPF_OP(instruction.code) == BPF_CALL) return call(instruction);
  if (wide && BPF_OP(instruction.code) == BPF_EXIT) return leave();
  if (BPF_OP(instruction.code) == BPF_JA) {
    next += static_cast<size_t>(static_cast<int64_t>(wide ? instruction.off : instruction.imm));
    return true;
  }
  auto taken = jumps(BPF_OP(instruction.code), registers_[instruction.dst_reg], operand(instruction), wide);
  if (!taken) return fail("a jump that there is not");
  if (*taken) next += static_cast<size_t>(static_cast<int64_t>(instruction.off));
  return true;
}

bool Machine::call(const bpf_insn& instruction) {
  if (instruction.src_reg == BPF_PSEUDO_CALL) return enter(static_cast<size_t>(instruction.imm));
  Helper helper = helperOf(instruction.imm);
  if (instruction.src_reg || !helper) return fail("a call of what this kernel lacks (" + std::to_string(instruction.imm) + ")");
  Call made{memory_, maps_, acting_, {registers_[1], registers_[2], registers_[3], registers_[4], registers_[5]}, {}};
  registers_[BPF_REG_0] = helper(made);
  return made.fault.empty() || fail(made.fault);
}

bool Machine::enter(size_t function) {
  if (depth_ == frames_.size()) return fail("calls more than eight deep");
  if (function >= image_.code.size()) return fail("a call of no function");
  Frame& frame = frames_[depth_++];
  frame = {function, 0, {registers_[6], registers_[7], registers_[8], registers_[9]}};
  registers_[BPF_REG_10] = stack_ + kFrameBytes * depth_;
  return true;
}

bool Machine::leave() {
  const Frame& frame = frames_[--depth_];
  for (size_t i = 0; i < frame.kept.size(); ++i) registers_[BPF_REG_6 + i] = frame.kept[i];
  registers_[BPF_REG_10] = stack_ + kFrameBytes * depth_;
  return true;
}

}  // namespace lsmpc::simulate
