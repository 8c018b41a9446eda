// What is known of the terminal.
#pragma once

namespace lsmpc::driver {

// Whether standard error shows colours: it is a terminal, and NO_COLOR is not set.
bool wantsColour();

}  // namespace lsmpc::driver
