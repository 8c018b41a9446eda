// The functions of an object and what their instructions refer to.
#pragma once

#include <string>
#include <vector>

#include "compiler/object/elf.h"
#include "compiler/object/object.h"

namespace lsmpc::object {

struct Functions {
  std::vector<Function> functions;
  std::vector<uint64_t> starts;  // of each, its byte in its section
};

// `maps`: those of section .maps first and then the data sections. Nothing, and in `wrong` why, for code that is not whole or refers to what is not there.
std::optional<Functions> readFunctions(const Elf& elf, const std::vector<Map>& maps, std::string& wrong);

}  // namespace lsmpc::object
