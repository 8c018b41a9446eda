// What a message says of names: the candidate nearest to a misspelt word, if one is near enough to be worth saying, or all of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lsmpc::match {

// The candidate at the smallest edit distance from `word`, if that is at most a third of the word's length (at least 1).
// Equal distances: the first in `candidates`.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates);
// `a`, `b`; with … where there are more than `most`.
std::string quotedList(const std::vector<std::string>& names, size_t most);

}  // namespace lsmpc::match
