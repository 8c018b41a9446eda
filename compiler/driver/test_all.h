// Running the tests of a list of policy files, on each target.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/btf/target_set.h"
#include "compiler/driver/subject.h"

namespace lsmpc::driver {

// A test, or one case of it, over all its targets. It runs on none where no target has its hooks and members.
struct Tested {
  std::string file, name;
  uint32_t line = 0;  // of the case, where it is one
  bool is_case = false;
  std::vector<std::string> passed, failed;  // names of targets
  std::vector<std::string> failures;        // `file:line: expected …`

  bool ran() const { return !passed.empty() || !failed.empty(); }
};

// How often a rule of a file decided, of all runs on all targets.
struct Covered {
  std::string file, id, text;
  std::string path;  // of the file, as it was named
  uint32_t line = 0;
  uint64_t hits = 0;
};

// A condition of rules, over all runs on all targets. What is the library's own is left out.
struct CoveredCondition {
  std::string path, text;
  uint32_t line = 0, column = 0;
  exercise::Seen seen;
};

struct TestOutcome {
  std::vector<Tested> tests;
  std::vector<Covered> rules;
  std::vector<CoveredCondition> conditions;  // by their places

  size_t failed() const;
  size_t ran() const;
};

// `filter`: a regular expression that a test's name contains; throws std::regex_error. What fails goes to the report.
TestOutcome testAll(const std::vector<std::string>& files, const btf::TargetSet& targets, const std::string& filter, Report& report);
// All tests of one.
TestOutcome testOne(const Subject& subject, const btf::TargetSet& targets, Report& report);

}  // namespace lsmpc::driver
