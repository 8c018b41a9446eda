// Names of tests and asserts, which results are told by.
#pragma once

#include <map>
#include <string>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostic.h"

namespace lsmpc::check {

using Titles = std::map<std::string, base::Range>;

// Reports an empty name, and one that `titles` has already. `what`: test or assert.
void addTitle(const ast::Name& name, const std::string& what, Titles& titles, diag::Emitter& emitter);

}  // namespace lsmpc::check
