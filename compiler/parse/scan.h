// Checks on text and tokens that must hold before the recursive parser runs: size, encoding, nesting.
#pragma once

#include "compiler/parse/syntax.h"

namespace lsmpc::parse {

// False when the text is no policy at all; the error is reported.
bool scanText(base::FileId file, std::string_view text, diag::Emitter& emitter);
bool isText(base::FileId file, std::string_view text, diag::Emitter& emitter);
// False when brackets or operators pile up past the limits; the error is reported.
bool scanNesting(const std::vector<antlr4::Token*>& tokens, const Places& places, diag::Emitter& emitter);

bool isStatementWord(size_t token);
// A name before `(` where no value can stand is a template's: its token becomes a CALL, so that `deny` on the line before it does
// not take it for an errno.
void markCalls(const std::vector<antlr4::Token*>& tokens);

// True where a statement can begin: its keyword is the first token of a line.
bool beginsStatement(const std::vector<antlr4::Token*>& tokens, size_t at);
bool startsLine(const std::vector<antlr4::Token*>& tokens, size_t at);

}  // namespace lsmpc::parse
