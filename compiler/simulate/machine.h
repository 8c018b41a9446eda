// Runs programs of a loaded object, instruction by instruction, as a kernel's interpreter does. What its verifier would refuse ends as a fault.
#pragma once

#include <array>
#include <string>

#include "compiler/simulate/image.h"
#include "compiler/simulate/maps.h"
#include "compiler/simulate/memory.h"

namespace lsmpc::simulate {

// Who acts, and when: what helpers tell a program.
struct Acting {
  Address task = 0;
  uint32_t pid = 0, tid = 0, uid = 0, gid = 0;  // in the initial namespaces
  std::string comm;
  uint64_t cgroup = 0;
  uint64_t boot_ns = 0;
  bool task_storage = true;  // whether the kernel gives programs any (5.11)
  int signal = 0;            // that a program has sent to this task; 0: none
};

struct Outcome {
  std::string fault;  // "": the program has returned
  int64_t value = 0;  // what it returned
  uint64_t instructions = 0;
};

class Machine {
 public:
  Machine(const Image& image, Memory& memory, Maps& maps, Acting& acting);
  ~Machine();
  Machine(const Machine&) = delete;

  // The function of that number, with a context of the hook's arguments.
  Outcome run(size_t function, Address context);

 private:
  struct Frame {
    size_t function = 0, next = 0;   // the instruction to go on with
    std::array<uint64_t, 4> kept{};  // r6 to r9 of the caller
  };

  bool step(const bpf_insn& instruction);
  bool load(const bpf_insn& instruction);
  bool store(const bpf_insn& instruction, uint64_t value);
  bool atomic(const bpf_insn& instruction);
  bool compute(const bpf_insn& instruction);
  bool jump(const bpf_insn& instruction);
  bool call(const bpf_insn& instruction);
  bool leave();
  bool enter(size_t function);
  bool fail(const std::string& fault);
  uint64_t operand(const bpf_insn& instruction) const;

  const Image& image_;
  Memory& memory_;
  Maps& maps_;
  Acting& acting_;
  Address stack_ = 0;
  std::array<uint64_t, 11> registers_{};
  std::array<Frame, 8> frames_{};
  size_t depth_ = 0;
  std::string fault_;
};

}  // namespace lsmpc::simulate
