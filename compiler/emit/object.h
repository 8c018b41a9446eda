// The finished object file.
#pragma once

#include <string>

namespace lsmpc::emit {

// `object` without DWARF and without local symbols that nothing refers to, with section .lsmp.manifest. "" and the reason in
// `wrong` where LLVM's ObjCopy refuses.
std::string finishObject(const std::string& object, const std::string& manifest, const std::string& first_elements, std::string& wrong);

}  // namespace lsmpc::emit
