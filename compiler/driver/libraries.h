// The modules of the standard library that a policy uses.
#pragma once

#include <memory>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/check/check.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/driver/imports.h"

namespace lsmpc::driver {

// Asked: of the prelude, what the policy's texts can ask for, which suffices for a policy without mistakes. What is said of one may name others.
enum class Extent { Asked, Whole };

// The prelude and the groups, and the modules that `use std.NAME` names. An unknown name is left to check, which has the place.
std::vector<std::unique_ptr<ast::File>> parseLibraries(base::SourceSet& sources, const ast::File& file, const Imports& imports,
                                                       Extent extent, diag::Emitter& emitter);
std::vector<check::Module> usableModules();  // what needs a `use`

}  // namespace lsmpc::driver
