// A dynamic set of a loaded policy: what is in it, and changes of it. All that a command adds or removes is, or nothing; between two elements of a command programs see
// the set half changed.
#pragma once

#include <string>
#include <vector>

#include "runtime/descriptor.h"
#include "runtime/manifest.h"
#include "runtime/pins.h"

namespace lsmpc::runtime {

class SetChange {
 public:
  // Throws Failure NoSet, PinUnusable. `policy` stands for as long as this.
  SetChange(const LoadedPolicy& policy, const std::string& set);

  const ManifestSet& set() const { return set_; }
  std::vector<std::string> elements() const;  // sorted
  // Those of them that were not there before (add) or that were (remove). Throws Failure SetFull, SetFailed, with which nothing has changed.
  std::vector<std::string> add(const std::vector<std::string>& elements);
  std::vector<std::string> remove(const std::vector<std::string>& elements);

 private:
  using Step = int (SetChange::*)(const std::string& element) const;  // 0 or an errno
  std::vector<std::string> those(const std::vector<std::string>& elements, bool present) const;
  std::vector<std::string> change(std::vector<std::string> elements, Step step, Step back) const;
  int put(const std::string& element) const;
  int drop(const std::string& element) const;

  std::string shown_;  // POLICY.SET
  const ManifestSet& set_;
  Descriptor map_;
};

}  // namespace lsmpc::runtime
