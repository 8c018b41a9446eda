// Integers as bits of which a formula speaks.
#pragma once

#include <vector>

#include "compiler/analyze/formula.h"
#include "compiler/policy/expr.h"

namespace lsmpc::analyze {

struct Word {
  std::vector<Lit> bits;  // the lowest first
  bool is_signed = false;

  Lit bit(size_t place) const { return place < bits.size() ? bits[place] : is_signed && !bits.empty() ? bits.back() : kFalse; }
};

Word freshWord(Formula& formula, size_t bits, bool is_signed);
Word constantWord(policy::Int value);
Word andWord(Formula& formula, const Word& left, const Word& right);
Word orWord(Formula& formula, const Word& left, const Word& right);
Word chooseWord(Formula& formula, Lit condition, const Word& then, const Word& otherwise);

// As numbers: signed against unsigned compares right.
Lit equal(Formula& formula, const Word& left, const Word& right);
Lit less(Formula& formula, const Word& left, const Word& right, bool or_equal);
Lit nonZero(Formula& formula, const Word& word);

policy::Int numberIn(const Formula& formula, const Word& word);  // of the event that was found

}  // namespace lsmpc::analyze
