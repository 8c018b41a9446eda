// A policy to be compared with another: what its source says, and the object that shows what it does.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/analyze/difference.h"
#include "compiler/driver/confirm.h"
#include "runtime/manifest.h"

namespace lsmpc::driver {

struct Compared {
  std::string path;  // of its source or object
  policy::Policy policy;
  std::shared_ptr<Simulated> simulated;  // of a bundle its members share one
  uint32_t member = 0, first_rule = 0;   // of it there

  // "", or why its object does not do that with the event.
  std::string refuted(policy::Test event, const analyze::Done& done) const;
};

// A compiled policy: what it says of itself, and its bytes or at least their digest.
struct Packed {
  std::string path;
  runtime::Manifest manifest;
  std::string bytes;   // empty: it is in force, and they are in the kernel
  std::string sha256;  // empty: an older loader noted none
};

// Nothing for a library where one `may_be`, and where something is wrong, which the report has then.
std::optional<Compared> comparedSource(const std::string& path, const btf::TargetSet& targets, bool may_be_library, Report& report);

// The policy, or the members of a bundle, by the source in the manifest: that it is what was compiled is found out by compiling it again, and where it cannot be a note says
// so. Throws runtime::Failure: RebuiltDiffers, NotRebuilt.
std::vector<Compared> comparedObject(const Packed& packed, const btf::TargetSet& targets, std::vector<std::string>& notes);

}  // namespace lsmpc::driver
