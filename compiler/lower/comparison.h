// Comparisons of unsigned words, as branches or straight. A branch leaves the verifier two ways to follow, each with another constant, so a
// condition of a dozen tests has thousands; a straight comparison is arithmetic whose result the verifier knows to be 0 or 1, and no more.
// It takes two to five instructions more (docs/decisions/0013).
#pragma once

#include <llvm/IR/IRBuilder.h>

namespace lsmpc::lower {

// The 64 bits of `word` through a piece of assembly, which LLVM does not look into; `in_place`: nor moves.
llvm::Value* opaque(llvm::IRBuilder<>& builder, llvm::Value* word, const char* code, bool in_place = false);

class Comparison {
 public:
  Comparison(llvm::IRBuilder<>& builder, bool is_straight) : builder_(builder), is_straight_(is_straight) {}

  bool isStraight() const { return is_straight_; }
  // One bit (i1) each, of words of the same width.
  llvm::Value* same(llvm::Value* left, llvm::Value* right);
  llvm::Value* different(llvm::Value* left, llvm::Value* right);
  llvm::Value* below(llvm::Value* left, llvm::Value* right);
  llvm::Value* notAbove(llvm::Value* left, llvm::Value* right);
  llvm::Value* belowZero(llvm::Value* word);  // as a signed one, of 64 bits
  // A word that branches before have set to one of several constants, as what the verifier knows nothing of: else it follows each from here on.
  llvm::Value* joined(llvm::Value* word);
  // The bit, computed where this stands: LLVM would keep the words that it comes from on the stack until it is used.
  llvm::Value* pinned(llvm::Value* bit);
  // `then` where `bit` holds, else `otherwise`: words.
  llvm::Value* choose(llvm::Value* bit, llvm::Value* then, llvm::Value* otherwise);

 private:
  llvm::IRBuilder<>& builder_;
  bool is_straight_;
};

}  // namespace lsmpc::lower
