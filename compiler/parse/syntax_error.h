// Syntax errors in words: what was found, what could stand there. One for each statement.
#pragma once

#include "compiler/parse/syntax.h"

namespace lsmpc::parse {

class SyntaxErrors : public antlr4::BaseErrorListener {
 public:
  SyntaxErrors(const Places& places, diag::Emitter& emitter) : places_(places), emitter_(emitter) {}

  void syntaxError(antlr4::Recognizer* recognizer, antlr4::Token* token, size_t line, size_t column, const std::string& message,
                   std::exception_ptr error) override;
  bool failed() const { return failed_; }
  void reset() { failed_ = false; }

 private:
  const Places& places_;
  diag::Emitter& emitter_;
  bool failed_ = false;
};

// "`deny`", "the number 42", "the end of the file".
std::string describe(const antlr4::Token* token);
// Reports a token that can stand nowhere (open string, stray byte, bad number, action of a later version); false for others.
bool reportBadToken(const antlr4::Token* token, const Places& places, diag::Emitter& emitter);

}  // namespace lsmpc::parse
