// ast + targets + standard library → typed policy.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/base/source.h"
#include "compiler/btf/target_set.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/policy/policy.h"

namespace lsmpc::check {

// A module of the standard library that `use std.NAME` could name.
struct Module {
  std::string_view name, text;
};

struct Input {
  const ast::File& file;
  std::vector<const ast::File*> libraries;  // of the standard library, the prelude first, parsed
  const btf::TargetSet& targets;
  const base::SourceSet& sources;
  std::vector<const ast::File*> used = {};          // beside the policy, each before those that use it
  std::vector<policy::SourceText> used_texts = {};  // theirs and those of sets' files
  bool may_be_library = false;                      // a file without rules is no fault
  std::vector<Module> modules = {};
  std::set<std::string> known_hooks = {};           // hooks of kernels that are no targets: `if present` may name them
};

// Nothing after an error. Every error of the file is reported, in any order (the emitter sorts).
std::optional<policy::Policy> checkPolicy(const Input& input, diag::Emitter& emitter);

}  // namespace lsmpc::check
