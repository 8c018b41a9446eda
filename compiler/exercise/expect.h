// What came against what was expected.
#pragma once

#include <string>
#include <vector>

#include "compiler/exercise/came.h"

namespace lsmpc::exercise {

// As a test writes it: "deny EACCES".
std::string textOf(const policy::ExpectedVerdict& verdict);
std::string verdictOf(const Came& came, const policy::Policy& policy);

struct Difference {
  base::Range range;
  std::string expected, got;
};
std::vector<Difference> differences(const Came& came, const policy::Expectation& expected, const policy::Policy& policy);

}  // namespace lsmpc::exercise
