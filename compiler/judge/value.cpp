#include "compiler/judge/value.h"

namespace lsmpc::judge {

Truth negated(Truth truth) {
  if (truth == Truth::True) return Truth::False;
  return truth == Truth::False ? Truth::True : truth;
}

Truth both(Truth left, Truth right) {
  if (left == Truth::False || right == Truth::False) return Truth::False;
  if (left == Truth::Unsaid || right == Truth::Unsaid) return Truth::Unsaid;
  return left == Truth::True ? right : left;
}

Truth either(Truth left, Truth right) { return negated(both(negated(left), negated(right))); }

}  // namespace lsmpc::judge
