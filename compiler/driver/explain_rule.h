// `lsmpc explain --rule`: what becomes of a policy's rules, each with an event that it decides.
#pragma once

#include "compiler/driver/options.h"

namespace lsmpc::driver {

int explainRule(const Options& options, const std::string& rule);

}  // namespace lsmpc::driver
