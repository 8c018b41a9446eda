// ast + targets + standard library → typed policy.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/base/source.h"
#include "compiler/btf/target_set.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/policy/policy.h"

namespace lsmpc::check {

struct Input {
  const ast::File& file;
  std::vector<const ast::File*> libraries;  // the prelude first, then what `use` named, parsed
  const btf::TargetSet& targets;
  const base::SourceSet& sources;
  std::set<std::string> known_hooks = {};  // hooks of kernels that are no targets: `if present` may name them
};

// Nothing after an error. Every error of the file is reported, in any order (the emitter sorts).
std::optional<policy::Policy> checkPolicy(const Input& input, diag::Emitter& emitter);

}  // namespace lsmpc::check
