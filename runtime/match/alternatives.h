// Every way through the braces of a glob.
#pragma once

#include <optional>
#include <vector>

#include "runtime/match/glob.h"

namespace lsmpc::match {

using Alternative = std::vector<const GlobItem*>;  // without Choice items; they point into what was expanded

// None when there are more than `most`, or when they are too long to look at.
std::optional<std::vector<Alternative>> alternativesOf(const GlobSequence& items, size_t most);

}  // namespace lsmpc::match
