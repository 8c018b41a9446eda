#include "compiler/cost/units.h"

#include <algorithm>

namespace lsmpc::cost {
namespace {

struct Entry {
  uint64_t loads, calls, instructions, untyped, per_name, per_byte, verified;
};

constexpr Entry kEntries[] = {
#define LSMPC_COST(name, loads, calls, instructions, untyped, per_name, per_byte, verified) \
  {loads, calls, instructions, untyped, per_name, per_byte, verified},
#include "compiler/cost/units.def"
};

}  // namespace

Amount amountOf(Unit unit, bool untyped) {
  const Entry& one = kEntries[static_cast<size_t>(unit)];
  return {one.loads,    one.calls,    untyped ? std::max(one.instructions, one.untyped) : one.instructions,
          one.per_name, one.per_byte, one.verified};
}

Unit unitOf(policy::Builtin builtin) {
  using policy::Builtin;
  switch (builtin) {
    case Builtin::Current:
    case Builtin::CurrentPid:
    case Builtin::CurrentTid: return Unit::Helper;
    case Builtin::PathOf:
    case Builtin::PathAt:
    case Builtin::FilePath:
    case Builtin::FsPath: return Unit::Walk;
    case Builtin::CgroupPath: return Unit::CgroupWalk;
    case Builtin::Comm:
    case Builtin::Text: return Unit::Text;
    case Builtin::Caps: return Unit::Caps;
    case Builtin::PidNamespace:
    case Builtin::RootSuperblock: return Unit::Namespace;
    case Builtin::SocketAddress:
    case Builtin::SocketPort:
    case Builtin::LocalAddress:
    case Builtin::LocalPort:
    case Builtin::PeerAddress:
    case Builtin::PeerPort: return Unit::Socket;
    case Builtin::UnixPath:
    case Builtin::UnixName: return Unit::UnixText;
    case Builtin::Exe:
    case Builtin::Ancestors:
    case Builtin::ParentExe:
    case Builtin::TaskExe:
    case Builtin::Script:
    case Builtin::AskedScript:
    case Builtin::ExecStep: return Unit::Kept;
    default: return Unit::Free;
  }
}

}  // namespace lsmpc::cost
