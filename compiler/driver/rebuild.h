// A policy's sources in its manifest, compiled again.
#pragma once

#include <string>
#include <vector>

#include "compiler/btf/target_set.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/driver/unpack.h"
#include "compiler/policy/policy.h"
#include "runtime/manifest.h"
#include "runtime/message.h"

namespace lsmpc::driver {

// What the sources say, typed for these targets: of a bundle each member. Throws Obstacle.
std::vector<policy::Policy> policiesOf(const Unpacked& sources, const btf::TargetSet& targets);
// Of a bundle all of them as one.
policy::Policy wholeOf(const runtime::Manifest& manifest, std::vector<policy::Policy> policies);

// What to throw where they are typed and do not compile.
Obstacle notCompiled(const diag::Emitter& emitter);

// The object that the compiler of this manifest would make: the same version, for the manifest's own targets. Throws Obstacle.
std::string compileAgain(const runtime::Manifest& manifest, const Unpacked& sources);

struct Rebuilt {
  std::vector<runtime::Problem> problems;  // none: the same bytes
};
Rebuilt rebuildAndCompare(const std::string& path, const std::string& bytes, const runtime::Manifest& manifest);
// `bytes` against what its source compiles to: the first section that differs.
std::string differenceOf(const std::string& bytes, const std::string& made);

}  // namespace lsmpc::driver
