#include <algorithm>

#include "compiler/decision/decision.h"

namespace lsmpc::decision {
namespace {

constexpr ptrdiff_t kFewRecords = 16;  // each that climbs the path of its event takes some 150 instructions of code

}  // namespace

bool showsByProbes(const Decision& decision, const Program& program, uint32_t rule) {
  auto refuses = [&](uint32_t one) { return policy::refuses(decision.policy.rules[one].verdict); };
  auto records = [&](const Step& step) { return !step.table && !refuses(step.rule); };
  return refuses(rule) || std::count_if(program.steps.begin(), program.steps.end(), records) > kFewRecords;
}

}  // namespace lsmpc::decision
