// What stdlib/bpf/library.c became at build time: one LLVM 19 bitcode module, not optimised (prepare.cpp), for lower/ to link
// with `Linker::LinkOnlyNeeded`, so that a policy carries only the functions that it calls. The calls are in lsmp.h.
#pragma once
#include <string_view>

namespace lsmpc::stdlib {

std::string_view libraryBitcode();

}  // namespace lsmpc::stdlib
