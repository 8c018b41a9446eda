// What the end of a path alone rules out: before a path is walked, one or two of its names can say that no pattern fits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/match/dfa.h"

namespace lsmpc::match {

// The name of the path's last component, or of the folder that this is in.
struct NearName {
  bool is_folder;
  std::string name;
  auto operator<=>(const NearName&) const = default;
};

// One of these each path has that one of the predicates holds for, but for the root itself; none where up to `most` cannot say so.
//
// A folder's name is taken only where all names above it are known, too: of a path that is literal up to there, there is one folder at each moment. So who finds
// another name in the folder of a file knows that there was a moment at which the path did not fit, whatever is renamed between both looks.
std::optional<std::vector<NearName>> nearNames(const std::vector<Predicate>& predicates, size_t most);

}  // namespace lsmpc::match
