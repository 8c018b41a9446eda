// What the kernel side computes from the table of a path automaton.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace lsmpc::match {

struct PathAnswer {
  std::optional<uint32_t> rule;                      // the first that matches
  bool unresolved = false;                           // no path of a kernel, or more active nodes than the table has been built for
  uint32_t buckets = 0, bytes = 0, most_active = 0;  // read, taken by byte automata, at once
};

// `signatures`: bit N says whether the residual condition N holds; bit 0 is taken for set.
PathAnswer lookupPath(const std::vector<uint64_t>& table, std::string_view path, uint64_t signatures = 1);

}  // namespace lsmpc::match
