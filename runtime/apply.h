// The kernel's state made equal to a folder of objects, as far as it is that folder's: what was loaded by hand or from another folder is left alone.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "runtime/fate.h"
#include "runtime/message.h"

namespace lsmpc::runtime {

struct ApplyRequest {
  std::string folder;        // canonical
  bool audit = false;        // deny nothing
  bool force = false;        // also a policy that would stop `lsmpctl unload`
  bool allow_empty = false;  // a folder that is empty or not there unloads all that is its own
  bool dry_run = false;      // changes nothing
  bool protect = false;      // as LoadRequest's
};

struct ApplyReport {
  std::vector<PolicyFate> policies;
  std::vector<Problem> warnings;     // of this host
  std::vector<std::string> cleaned;  // policies of which an interrupted command had left something
};

// One pass. Each policy is replaced as a whole or stays as it was; one that fails does not keep others from coming. `known`: what an earlier pass left in
// force. Throws Failure where the host or the folder as a whole is at fault; then nothing has changed.
ApplyReport applyFolder(const ApplyRequest& request, const std::set<std::string>& known = {});

// All that is not as the folder has it.
std::vector<Problem> problemsOf(const ApplyReport& report);
// Names of the folder's that are in force.
std::set<std::string> inForceAfter(const ApplyReport& report);

}  // namespace lsmpc::runtime
