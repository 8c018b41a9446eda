// Recorded events, asked anew of policies.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/btf/target_set.h"
#include "compiler/driver/report.h"

namespace lsmpc::driver {

// Events of one kind, and the first of them as its line.
struct Sampled {
  uint64_t events = 0;
  std::string sample;

  void take(const std::string& line);
};

// A rule of the policies that refuses.
struct DeniedNow {
  std::string policy, file, id, text;
  uint32_t line = 0;
  uint64_t newly = 0;  // of its events those that were recorded as permitted
  Sampled seen;
};
// A rule of the record whose refusals would be none.
struct PermittedNow {
  std::string policy, id, source;
  Sampled seen;
};
// What the events do not say and a rule on the way to the answer asks for.
struct Undecided {
  std::vector<std::string> attributes;
  std::string policy, file, id;
  uint32_t line = 0;
  Sampled seen;
};

struct ReplayOutcome {
  uint64_t events = 0, denied_newly = 0, denied_still = 0, permitted_newly = 0, permitted_still = 0, undecided = 0;
  uint64_t by_text = 0;   // of those decided: by the text alone, for no simulated host can be so
  uint64_t left_out = 0;  // lines that are no events
  uint64_t missing = 0;   // events that the record says it has not
  std::string first_left_out;
  std::vector<DeniedNow> denied;  // each list in the order in which events came
  std::vector<PermittedNow> permitted;
  std::vector<Undecided> unsaid;
};

// Any policy that refuses does, the first of them in this order; what one of them leaves undecided is so unless another one refuses. Of several
// targets each hook's first. What is wrong with policies goes to the report; throws runtime::Failure where the record cannot be read.
ReplayOutcome replayAll(const std::string& events, const std::vector<std::string>& files, const btf::TargetSet& targets, Report& report);

}  // namespace lsmpc::driver
