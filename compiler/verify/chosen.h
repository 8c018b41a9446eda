// What of an object a loader would load on a kernel, by the loader's own rules (runtime/hooks.h, left_out.h).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/object/object.h"
#include "compiler/verify/kernel.h"
#include "runtime/manifest.h"

namespace lsmpc::verify {

// A call of another function of the object.
struct Site {
  size_t function = 0;
  uint32_t instruction = 0;
};

struct Chosen {
  std::vector<size_t> programs;   // of the object's functions
  std::map<size_t, Site> called;  // functions that libbpf puts behind them, each with a call
  std::vector<const object::Map*> maps;
};

// `absent`: hooks that are left out.
Chosen choose(const object::Object& object, const runtime::Manifest& manifest, const std::vector<std::string>& absent,
              const Kernel& kernel);

// A function that comes to itself, which no kernel takes; "" where there is none.
std::string functionInCircle(const object::Object& object);

}  // namespace lsmpc::verify
