#include <algorithm>

#include "compiler/policy/policy.h"

namespace lsmpc::policy {

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
