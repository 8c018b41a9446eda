// Statements about an event in propositional logic, and whether some event makes them true. The solver is CaDiCaL.
#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace CaDiCaL {
class Solver;
}

namespace lsmpc::analyze {

using Lit = int;  // a variable, or with a minus sign what it is not
constexpr Lit kTrue = 1, kFalse = -1;

enum class Answer { No, Yes, Unknown };  // Unknown: given up after kMostConflicts

class Formula {
 public:
  Formula();
  ~Formula();

  Lit fresh();
  void require(const std::vector<Lit>& any_of);

  Lit both(Lit left, Lit right);
  Lit either(Lit left, Lit right) { return -both(-left, -right); }
  Lit all(const std::vector<Lit>& lits);
  Lit any(const std::vector<Lit>& lits);
  Lit same(Lit left, Lit right);
  Lit choose(Lit condition, Lit then, Lit otherwise);

  // Whether there is an event in which all of these are true.
  Answer solve(const std::vector<Lit>& assumed);
  bool holds(Lit lit) const;  // in the event that the last Yes was about
  // What is chosen where nothing asks for either.
  void prefer(Lit lit);

 private:
  std::unique_ptr<CaDiCaL::Solver> solver_;
  std::map<std::pair<Lit, Lit>, Lit> both_, same_;
  Lit last_ = kTrue;
};

}  // namespace lsmpc::analyze
