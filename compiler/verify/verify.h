// Whether an object would load on a kernel, without that kernel: by the loader's rules, as libbpf would relocate it, by what its verifier would come to.
// What only the verifier itself knows, above all how many instructions it goes through, is not looked at (`lsmpc verify --vm` asks it).
#pragma once

#include <string>
#include <vector>

#include "compiler/emit/stack.h"
#include "compiler/object/object.h"
#include "compiler/verify/kernel.h"
#include "compiler/verify/limits.h"
#include "compiler/verify/place.h"
#include "runtime/manifest.h"
#include "runtime/message.h"

namespace lsmpc::verify {

struct Subject {
  std::string path;  // for messages
  const object::Object& object;
  const runtime::Manifest& manifest;
  const std::vector<emit::CallDepth>& depths;
};

struct Finding {
  runtime::Problem problem;
  Place place;
  size_t times = 1;  // of the same on that line
};

struct Verdict {
  std::string kernel;
  std::vector<Finding> findings;    // by place; none: it loads
  std::vector<std::string> absent;  // `if present` hooks that the kernel lacks
  size_t programs = 0;              // that a loader would load
  Size largest;                     // of these, each by itself
};

Verdict verifyOn(const Subject& subject, const Kernel& kernel);

}  // namespace lsmpc::verify
