// What a policy file needs beside itself: the files that `use` names and those of its sets.
#pragma once

#include <memory>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/base/source.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/policy/policy.h"

namespace lsmpc::driver {

struct Imports {
  std::vector<std::unique_ptr<ast::File>> files;  // each before those that use it, each once
  std::vector<policy::SourceText> texts;          // by the places from the policy's folder
};

// Reads them and fills the sets of `file`. Null after an error that makes names unknown: a file that is missing, or is no library.
std::unique_ptr<Imports> readImports(base::SourceSet& sources, ast::File& file, diag::Emitter& emitter);

// Declarations only: a file for `use`, no policy.
bool isLibrary(const ast::File& file);

}  // namespace lsmpc::driver
