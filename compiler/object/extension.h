// Section .BTF.ext of an object: CO-RE relocations and source lines (Documentation/bpf/btf.rst of the kernel, "BTF.ext section").
#pragma once

#include <string>
#include <vector>

#include "compiler/object/object.h"

namespace lsmpc::object {

// Puts what the section says into the functions that it is of. `starts`: of each function, its byte in its section. False, and in `wrong` why, where it
// points beyond itself, beyond the types' texts or to no instruction.
bool readExtension(const std::string& bytes, const ::btf& types, const std::vector<uint64_t>& starts, std::vector<Function>& functions,
                   std::string& wrong);

}  // namespace lsmpc::object
