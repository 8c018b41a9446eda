// What recorded events came to, as text for people and as JSON.
#pragma once

#include <string>

#include "compiler/driver/replay_all.h"

namespace lsmpc::driver {

std::string replayText(const ReplayOutcome& outcome);
// The schema `lsmpc-replay` of docs/recorded-events.md.
std::string replayJson(const ReplayOutcome& outcome);

}  // namespace lsmpc::driver
