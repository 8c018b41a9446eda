// One look at what policies do, for `top`.
#pragma once

#include <string>

#include "runtime/stats.h"

namespace lsmpc::runtime {

// What was counted by `now`, and how much of it in the `seconds` since `before`; of policies and programs that were not there before there is no such number. Programs that took most time
// first; of the rules that decided something the ten with most hits in that time. Lines end with a newline.
std::string topFrame(const Stats& before, const Stats& now, double seconds);

}  // namespace lsmpc::runtime
