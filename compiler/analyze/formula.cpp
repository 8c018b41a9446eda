#include "compiler/analyze/formula.h"

#include <algorithm>
#include <cadical.hpp>
#include <cstdlib>

namespace lsmpc::analyze {
namespace {

constexpr int kMostConflicts = 200'000;

}  // namespace

Formula::Formula() : solver_(std::make_unique<CaDiCaL::Solver>()) {
  solver_->set("phase", 0);
  require({kTrue});
}

Formula::~Formula() = default;

Lit Formula::fresh() { return ++last_; }

void Formula::require(const std::vector<Lit>& any_of) {
  for (Lit lit : any_of) solver_->add(lit);
  solver_->add(0);
}

Lit Formula::both(Lit left, Lit right) {
  if (left == kFalse || right == kFalse || left == -right) return kFalse;
  if (left == kTrue || left == right) return right;
  if (right == kTrue) return left;
  auto [known, added] = both_.emplace(std::minmax(left, right), 0);
  if (!added) return known->second;
  Lit lit = known->second = fresh();
  require({-lit, left});
  require({-lit, right});
  require({lit, -left, -right});
  return lit;
}

Lit Formula::all(const std::vector<Lit>& lits) { return -any([&] {
    std::vector<Lit> negated;
    for (Lit lit : lits) negated.push_back(-lit);
    return negated;
  }()); }

Lit Formula::any(const std::vector<Lit>& lits) {
  std::vector<Lit> open;
  for (Lit lit : lits) {
    if (lit == kTrue) return kTrue;
    if (lit != kFalse) open.push_back(lit);
  }
  if (open.empty()) return kFalse;
  if (open.size() == 1) return open[0];
  if (open.size() == 2) return either(open[0], open[1]);
  Lit lit = fresh();
  for (Lit one : open) require({lit, -one});
  open.push_back(-lit);
  require(open);
  return lit;
}

Lit Formula::same(Lit left, Lit right) {
  if (left == right) return kTrue;
  if (left == -right) return kFalse;
  if (std::abs(left) == kTrue) return left == kTrue ? right : -right;
  if (std::abs(right) == kTrue) return right == kTrue ? left : -left;
  auto [known, added] = same_.emplace(std::minmax(left, right), 0);
  if (!added) return known->second;
  Lit lit = known->second = fresh();
  require({-lit, -left, right});
  require({-lit, left, -right});
  require({lit, left, right});
  require({lit, -left, -right});
  return lit;
}

Lit Formula::choose(Lit condition, Lit then, Lit otherwise) {
  if (condition == kTrue || then == otherwise) return then;
  if (condition == kFalse) return otherwise;
  return either(both(condition, then), both(-condition, otherwise));
}

Answer Formula::solve(const std::vector<Lit>& assumed) {
  for (Lit lit : assumed) solver_->assume(lit);
  solver_->limit("conflicts", kMostConflicts);
  int status = solver_->solve();
  return status == 10 ? Answer::Yes : status == 20 ? Answer::No : Answer::Unknown;
}

bool Formula::holds(Lit lit) const { return std::abs(lit) == kTrue ? lit == kTrue : (solver_->val(std::abs(lit)) > 0) == (lit > 0); }

void Formula::prefer(Lit lit) {
  if (std::abs(lit) != kTrue) solver_->phase(lit);
}

}  // namespace lsmpc::analyze
