// One alternative of a glob cut at its slashes, with a `**` that touches other items rewritten into components:
//   x**y  =  x*y  |  x* / any number of components / *y
#pragma once

#include "compiler/match/path_components.h"
#include "runtime/match/alternatives.h"

namespace lsmpc::match {

// Appended to `out`, with Many at the end where it is one. False: more than `most`. None where no path matches.
bool sequencesOf(const Alternative& items, ByteSets& sets, size_t most, std::vector<ComponentSequence>& out);

}  // namespace lsmpc::match
