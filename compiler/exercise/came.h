// What a step came to on the simulated kernel, read from what the policy's programs left in their maps.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/exercise/exercise.h"
#include "compiler/simulate/loaded.h"

namespace lsmpc::exercise {

struct Came {
  int64_t value = 0;  // what the hook's programs returned
  int signal = 0;     // that they sent to the acting task
  bool unresolved = false;
  std::vector<std::string> messages;  // of each event, "" for one without
  std::optional<uint32_t> rule;       // that decided
};

class Watch {
 public:
  // Of what comes from now on.
  Watch(simulate::Loaded& host, const policy::Policy& policy);
  Came came(const simulate::Outcome& outcome, const simulate::Acting& acting, Hits& hits);

 private:
  std::vector<uint64_t> decided(bool unresolved) const;

  simulate::Loaded& host_;
  const policy::Policy& policy_;
  std::vector<uint64_t> before_, unresolved_before_;
};

}  // namespace lsmpc::exercise
