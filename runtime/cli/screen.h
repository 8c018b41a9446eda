// A terminal that shows one frame after the other, on a screen of its own; what was there before comes back at the end.
#pragma once

#include <string>

namespace lsmpc::cli {

class Screen {
 public:
  Screen();
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  // As much of it as the terminal has room for. False where it cannot be written.
  bool show(const std::string& frame);
};

}  // namespace lsmpc::cli
