// An object's functions as they are once loaded: relocated, calls by the number of the function, addresses in place of maps, data and kernel symbols.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/object/object.h"
#include "compiler/relocate/relocate.h"
#include "compiler/simulate/maps.h"

namespace lsmpc::simulate {

struct Image {
  std::vector<std::vector<bpf_insn>> code;  // of each function of the object
};

// `symbols`: addresses of the kernel's own; others are 0, as a loader leaves weak ones.
Image link(const object::Object& object, const relocate::Relocated& relocated, Maps& maps, const std::map<std::string, Address>& symbols);

}  // namespace lsmpc::simulate
