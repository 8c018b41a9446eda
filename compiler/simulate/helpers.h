// What the kernel does when a program calls one of its helpers.
#pragma once

#include <array>
#include <string>

#include "compiler/simulate/machine.h"

namespace lsmpc::simulate {

struct Call {
  Memory& memory;
  Maps& maps;
  Acting& acting;
  std::array<uint64_t, 5> arguments;
  std::string fault;  // what the verifier would have refused
};

using Helper = uint64_t (*)(Call&);

// By enum bpf_func_id; null: none of ours.
Helper helperOf(int32_t number);

}  // namespace lsmpc::simulate
