// What a formula says of a value, and of a condition: Kleene's logic with absent values, as programs compute it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/analyze/number.h"

namespace lsmpc::analyze {

// Neither: unresolved. Never both.
struct Truth {
  Lit yes = kFalse, no = kFalse;
};
inline Truth negated(const Truth& truth) { return {truth.no, truth.yes}; }
inline Truth truthOf(Lit lit) { return {lit, -lit}; }

// One of the texts that a value may be.
struct TextChoice {
  Lit when = kTrue;
  std::optional<size_t> text;  // into Texts; nothing: the constant
  std::string constant;
};

struct Value {
  Lit absent = kFalse, unresolved = kFalse;  // never both
  Word number;                               // integers, flags, truths
  std::vector<Lit> address;                  // 128, the first bit of the first byte first
  std::vector<TextChoice> texts;
};

}  // namespace lsmpc::analyze
