// A dynamic set of a loaded policy: what is in it, and changes of it. All that a command asks for is done, or nothing; between two elements that a command adds or removes
// programs see the set half changed, while a replaced set is the old one or the new one.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/descriptor.h"
#include "runtime/manifest.h"
#include "runtime/message.h"
#include "runtime/pins.h"

namespace lsmpc::runtime {

struct SetEntry;

struct SetElement {
  std::string bytes;
  uint64_t until;  // nanoseconds since boot; 0: it stays
};

// Each element once, in the order of the command; what a replacement removes is sorted.
struct SetDifference {
  std::vector<std::string> added, renewed, removed;
  size_t unchanged = 0;  // of the command's elements
  size_t now = 0;        // elements in the set
};

class SetChange {
 public:
  // Throws Failure NoSet, PinUnusable. `policy` stands for as long as this.
  SetChange(const LoadedPolicy& policy, const std::string& set);

  const ManifestSet& set() const { return set_; }
  std::vector<SetElement> elements() const;  // sorted
  // Throw Failure SetFull, SetFailed, with which nothing has changed. `until`: as of SetElement. What stays is not given an end, and an end that is there gives way to another or to none.
  SetDifference add(const std::vector<std::string>& elements, uint64_t until) const;
  SetDifference remove(const std::vector<std::string>& elements) const;
  SetDifference replace(const std::vector<std::string>& elements, uint64_t until);

 private:
  using Ends = std::unordered_map<std::string, uint64_t>;  // element → until
  struct Write {
    std::string element;
    std::optional<uint64_t> before, after;  // until; nothing: it is not in the set
  };
  Ends ends() const;
  void forget() const;  // what is over, so that it takes no room
  void hold(size_t there, size_t come) const;
  void apply(const std::vector<Write>& writes) const;
  int write(const std::string& element, const std::optional<uint64_t>& before, const std::optional<uint64_t>& after) const;
  void read(const std::function<void(const SetEntry&)>& visit) const;
  Failure unusable(const std::string& why) const;
  Failure failed(const std::string& element, int error, const std::string& also = "") const;

  std::string shown_;  // POLICY.SET
  const ManifestSet& set_;
  const std::string& folder_;
  Descriptor sets_, map_;
};

}  // namespace lsmpc::runtime
