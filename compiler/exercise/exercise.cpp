#include "compiler/exercise/exercise.h"

#include "compiler/exercise/host.h"
#include "compiler/exercise/run.h"

namespace lsmpc::exercise {

std::optional<Report> exercisePolicy(const policy::Policy& policy, const object::Object& object, const Slots& slots, const Target& target,
                                     const Wanted& wanted, std::string& wrong) {
  auto relocated = relocate::relocateObject(object, target.types, wrong);
  if (!relocated) return std::nullopt;
  Report report{.conditions = conditionsOf(policy)};
  policy::DynamicSets sets = policy::dynamicSetsOf(policy);
  for (const policy::Test& test : policy.tests) {
    if (!(test.targets >> target.index & 1) || !wanted(test)) continue;
    auto run = [&](const policy::Case* row) {
      Run once(policy, target, test, row, makeHost(object, *relocated, target, slots, sets, test));
      report.results.push_back({&test, row, target.name, once.failures(report.hits, report.conditions)});
    };
    if (test.cases.empty()) run(nullptr);
    for (const policy::Case& row : test.cases) run(&row);
  }
  return report;
}

}  // namespace lsmpc::exercise
