// Text of one file → ast. The only room that sees ANTLR.
#pragma once

#include <optional>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/base/source.h"
#include "compiler/diag/diagnostic.h"

namespace lsmpc::parse {

// Limits that are errors with the limit in their text, never a crash or a hang.
inline constexpr size_t kMaxFileBytes = 16u << 20;
inline constexpr size_t kMaxNesting = 200;

// Nothing when the file cannot be read as a policy at all (binary, too large); else every statement that could be read,
// with errors reported. The caller goes on to check so that all errors of a file come in one run.
std::optional<ast::File> parseFile(const base::SourceSet& sources, base::FileId file, diag::Emitter& emitter);

// The elements of a set's file: one value a line, `#` begins a comment at a line's start or after a space. Errors stand at the line.
inline constexpr size_t kMaxSetFileBytes = 64u << 20;
inline constexpr size_t kMaxSetLines = 1'000'000;
ast::ExprPtr parseSetFile(const base::SourceSet& sources, base::FileId file, const ast::Name& element_type, diag::Emitter& emitter);

// `--emit=tokens`: one token a line, `LINE:COLUMN KIND text`. Nothing when the file is no text.
std::optional<std::string> dumpTokens(const base::SourceSet& sources, base::FileId file, diag::Emitter& emitter);

// Where the tokens and the comments stand, each in order. Of a text that parseFile could read.
struct TokenRanges {
  std::vector<base::Range> tokens, comments;
};
TokenRanges tokenRanges(const base::SourceSet& sources, base::FileId file);

}  // namespace lsmpc::parse
