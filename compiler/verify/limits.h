// What no kernel takes more of: instructions, stack, bytes of maps.
#pragma once

#include <string>
#include <vector>

#include "compiler/emit/stack.h"
#include "compiler/object/object.h"
#include "compiler/verify/chosen.h"
#include "compiler/verify/place.h"
#include "runtime/message.h"

namespace lsmpc::verify {

// Of a program, with all that it calls.
struct Size {
  size_t instructions = 0;  // as libbpf puts them together, with what our loader puts before them (runtime/prologue.h)
  unsigned stack = 0, frames = 0;
};
// Without functions in circles. `depths` are the object's.
Size sizeOf(const object::Object& object, size_t program, const std::vector<emit::CallDepth>& depths);

std::vector<runtime::Problem> overLimits(const object::Function& program, const Size& size);
std::vector<runtime::Problem> overLimits(const object::Map& map);

}  // namespace lsmpc::verify
