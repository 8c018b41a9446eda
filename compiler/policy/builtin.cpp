#include "compiler/policy/policy.h"

namespace lsmpc::policy {

const BuiltinInfo& info(Builtin builtin) {
  static constexpr BuiltinInfo kInfos[] = {
#define LSMPC_BUILTIN(name, spelling, arity, cost, absent, unresolved) {spelling, arity, cost, absent, unresolved},
#include "compiler/policy/builtins.def"
  };
  return kInfos[static_cast<size_t>(builtin)];
}

}  // namespace lsmpc::policy
