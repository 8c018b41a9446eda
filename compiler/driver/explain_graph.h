// `lsmpc explain --graph`: what a policy asks and decides on a hook, as SVG or in the language of Graphviz.
#pragma once

#include "compiler/driver/options.h"

namespace lsmpc::driver {

int explainGraph(const Options& options, const std::string& hook);

}  // namespace lsmpc::driver
