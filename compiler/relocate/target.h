// What one relocation comes to, in the object's own types and on a kernel.
#pragma once

#include <optional>
#include <string>

#include "compiler/relocate/field.h"
#include "compiler/relocate/relocate.h"

namespace lsmpc::relocate {

struct Target {
  Field local;
  std::optional<Field> found;  // nothing: this kernel lacks it
  std::string what;            // for messages
};

// Nothing, and in `wrong` why, where the relocation is none, or several types of the kernel disagree.
std::optional<Target> targetOf(const object::CoreRelocation& relocation, const ::btf& local, const Names& kernel, std::string& wrong);

}  // namespace lsmpc::relocate
