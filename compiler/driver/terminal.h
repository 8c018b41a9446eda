// What is known of the terminal.
#pragma once

#include <string>

namespace lsmpc::driver {

// Whether standard error shows colours: it is a terminal, and NO_COLOR is not set.
bool wantsColour();
// Of what takes long, on a terminal alone: takes the place of the line before it; "": of none.
void showProgress(const std::string& line);

}  // namespace lsmpc::driver
