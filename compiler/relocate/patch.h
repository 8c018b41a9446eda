// A relocation's outcome put into its instruction.
#pragma once

#include <string>
#include <vector>

#include "compiler/relocate/target.h"

namespace lsmpc::relocate {

// Poisoned: the kernel lacks it, or has it of a size or sign that the instruction cannot read. The instruction becomes a call of a helper that no kernel has, as
// libbpf makes it: code that is never come to may stay. Wrong, and in `wrong` why: the instruction is not of the kind that can hold the outcome.
enum class Patched { Done, Poisoned, Wrong };
Patched patch(std::vector<bpf_insn>& code, const object::CoreRelocation& relocation, const Target& target, const ::btf& local,
              const ::btf& kernel, std::string& wrong);

// Of the call above: libbpf's number, to which it adds that of the relocation.
constexpr int32_t kNoHelper = 195896080;

}  // namespace lsmpc::relocate
