#include "compiler/analyze/number.h"

#include <algorithm>

namespace lsmpc::analyze {
namespace {

// Both sides with a sign bit above.
size_t widthFor(const Word& left, const Word& right) { return std::max(left.bits.size(), right.bits.size()) + 1; }

template <typename Gate>
Word bitwise(const Word& left, const Word& right, Gate gate) {
  Word result{{}, left.is_signed || right.is_signed};
  size_t width = std::max(left.bits.size(), right.bits.size());
  for (size_t i = 0; i < width; ++i) result.bits.push_back(gate(left.bit(i), right.bit(i)));
  return result;
}

}  // namespace

Word freshWord(Formula& formula, size_t bits, bool is_signed) {
  Word word{{}, is_signed};
  for (size_t i = 0; i < bits; ++i) word.bits.push_back(formula.fresh());
  return word;
}

Word constantWord(policy::Int value) {
  Word word{{}, value < 0};
  for (policy::Int rest = value; rest != 0 && rest != -1; rest >>= 1) word.bits.push_back(rest & 1 ? kTrue : kFalse);
  if (value < 0) word.bits.push_back(kTrue);
  return word;
}

Word andWord(Formula& formula, const Word& left, const Word& right) {
  return bitwise(left, right, [&](Lit one, Lit other) { return formula.both(one, other); });
}

Word orWord(Formula& formula, const Word& left, const Word& right) {
  return bitwise(left, right, [&](Lit one, Lit other) { return formula.either(one, other); });
}

Word chooseWord(Formula& formula, Lit condition, const Word& then, const Word& otherwise) {
  Word result{{}, then.is_signed || otherwise.is_signed};
  size_t width = std::max(then.bits.size(), otherwise.bits.size()) + (result.is_signed ? 1 : 0);
  for (size_t i = 0; i < width; ++i) result.bits.push_back(formula.choose(condition, then.bit(i), otherwise.bit(i)));
  return result;
}

Lit equal(Formula& formula, const Word& left, const Word& right) {
  std::vector<Lit> same;
  for (size_t i = 0; i < widthFor(left, right); ++i) same.push_back(formula.same(left.bit(i), right.bit(i)));
  return formula.all(same);
}

Lit less(Formula& formula, const Word& left, const Word& right, bool or_equal) {
  Lit result = or_equal ? kTrue : kFalse;
  size_t top = widthFor(left, right) - 1;
  for (size_t i = 0; i <= top; ++i) {
    Lit one = left.bit(i), other = right.bit(i);
    Lit below = i == top ? formula.both(one, -other) : formula.both(-one, other);
    result = formula.choose(formula.same(one, other), result, below);
  }
  return result;
}

Lit nonZero(Formula& formula, const Word& word) { return formula.any(word.bits); }

policy::Int numberIn(const Formula& formula, const Word& word) {
  policy::Int value = 0;
  for (size_t i = 0; i < word.bits.size(); ++i)
    if (formula.holds(word.bits[i])) value |= static_cast<policy::Int>(1) << i;
  if (word.is_signed && !word.bits.empty() && formula.holds(word.bits.back())) value -= static_cast<policy::Int>(1) << word.bits.size();
  return value;
}

}  // namespace lsmpc::analyze
