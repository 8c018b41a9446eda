// A terminal that shows one frame after the other, on a screen of its own and without echoing keys; what was there before comes back at the end.
#pragma once

#include <termios.h>

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
  // The terminal is the shell's meanwhile.
  void leave();
  // Again, also where somebody else has changed its settings in between.
  void enter();

 private:
  termios before_{};
  bool keys_ = false;  // standard input is a terminal: its settings are ours to change
  bool entered_ = false;
};

}  // namespace lsmpc::cli
