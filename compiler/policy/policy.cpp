#include "compiler/policy/policy.h"

#include <algorithm>

namespace lsmpc::policy {
namespace {

struct StepInfo {
  StepKind kind;
  std::string_view word, hook;
};
constexpr StepInfo kSteps[] = {
#define LSMPC_STEP_KIND(kind, word, hook) {StepKind::kind, word, hook},
#include "compiler/policy/step_kinds.def"
};

}  // namespace

std::string_view spelling(StepKind kind) { return kSteps[static_cast<size_t>(kind)].word; }

std::string_view hookOf(StepKind kind) { return kSteps[static_cast<size_t>(kind)].hook; }

StepKind stepKindOf(std::string_view word) {
  for (const StepInfo& step : kSteps)
    if (step.word == word) return step.kind;
  return StepKind::Call;
}

ast::Mode modeOf(const Policy& policy, uint32_t member) { return policy.members.empty() ? policy.mode : policy.members[member].mode; }

bool allowsUnresolved(const Policy& policy, uint32_t member) {
  return policy.members.empty() ? policy.unresolved_allow : policy.members[member].unresolved_allow;
}

bool isPolicyName(std::string_view name) {
  if (name.empty() || name.size() > 63 || name[0] < 'a' || name[0] > 'z') return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

}  // namespace lsmpc::policy
