// What stdlib/bpf/library.c became when lsmpc was built: LLVM 19 bitcode modules, optimised (prepare.cpp), of which lower/ links one with `Linker::LinkOnlyNeeded`,
// so that a policy carries only the functions that it calls. The calls are in lsmp.h.
#pragma once
#include <string_view>

namespace lsmpc::stdlib {

// What a library is fitted with, which is then assembly where nothing else waits for the policy (assembled.h).
enum class Fit {
  None,
  FirstSlot,  // all targets have task storage, the policy's strings need no slot but the first, its sets no second shard
  AllSlots,   // the same, but for the slots
};

std::string_view libraryBitcode(Fit fit);

}  // namespace lsmpc::stdlib
