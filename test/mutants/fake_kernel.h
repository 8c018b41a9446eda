// bpf(2) for this process, answered from memory: what the kernel takes and gives while an object is loaded. It checks what is cheap to
// check and verifies no program, so more is taken than by a kernel. Descriptors are real ones, of memfds; pins are empty files.
#pragma once

#include <bpf/btf.h>
#include <linux/bpf.h>

#include <cstdint>
#include <string>
#include <vector>

namespace lsmpc::mutants {

// The types of the kernel that is played, in a `.btf` file. Before anything else; throws std::runtime_error.
void playKernel(const std::string& types);
// A new copy, as libbpf would have read it from the kernel.
btf* copyOfTypes();

// How many of each the kernel was asked for, granted or not; probes of libbpf's are not counted.
struct Asked {
  unsigned maps = 0, programs = 0, attachments = 0;
};
const Asked& asked();
void forgetAsked();

// What the kernel was given to run: of each of its functions where it begins, and its type in the object's own types.
struct Function {
  uint32_t start, type;
};
struct Program {
  std::vector<bpf_insn> code;
  std::vector<Function> functions;
};
const std::vector<Program>& programs();
void forgetPrograms();

// Of each link on a hook that a descriptor or a pin keeps: the hook.
std::vector<std::string> attachedHooks();
// The hook of the link at a pin; empty: there is none.
std::string hookAt(const std::string& pin);

}  // namespace lsmpc::mutants
