// All that is found out about a policy for `lsmpc report`.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/decision/decision.h"
#include "compiler/driver/example.h"
#include "compiler/driver/test_all.h"
#include "compiler/driver/verify_object.h"

namespace lsmpc::driver {

struct Review {
  Subject subject;
  decision::Decision decision;
  std::string bytes;                       // of the object
  std::vector<diag::Diagnostic> findings;  // warnings and lints
  std::vector<analyze::RuleFate> fates;    // of all rules, the library's too
  std::vector<Example> examples;           // of `fates`
  TestOutcome tests;                       // empty until they are run: what fails is an error to who runs them
  VerifiedObject verified;
};

// Null for a library, and where something is wrong, which the report has then.
std::unique_ptr<Review> reviewOf(const std::string& path, const btf::TargetSet& targets, Report& report);

}  // namespace lsmpc::driver
