// Patterns by their text, for the judge alone: what compiler/match and runtime/match make of the same text is what it is held to.
#pragma once

#include <string_view>

#include "compiler/policy/expr.h"

namespace lsmpc::judge {

// `path`: as a path is written, `/` ends a component and "" is no path. The grammar is in docs/language.md; what the checker has refused matches nothing.
bool fits(const match::Pattern& pattern, bool path, std::string_view subject);

}  // namespace lsmpc::judge
