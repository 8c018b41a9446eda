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

// What a test and an assert have in common: their name, and where they stand.
template <typename Written, typename Typed>
void place(const Written& written, const base::SourceSet& sources, Typed& typed) {
  const base::SourceFile& source = sources.file(written.range.file);
  typed.name = written.name.text;
  typed.name_range = written.name.range;
  typed.range = written.range;
  typed.file = source.name();
  typed.line = source.position(written.range.begin).line;
}

}  // namespace lsmpc::check
