// What a live view waits for: time that is over, keys, and what a terminal or a user has to tell it by signals.
#pragma once

#include <chrono>

#include "runtime/descriptor.h"

namespace lsmpc::cli {

enum class Wakeup {
  Time,
  Quit,     // `q`, a signal that ends, or the terminal is gone
  Resized,  // the terminal has another size
  Suspend,  // Ctrl-Z: stopHere() is to be called, with the terminal as it was
  Resumed,  // somebody else had stopped the process
};

class Wakeups {
 public:
  // From now on those signals come here.
  Wakeups();
  Wakeup next(std::chrono::steady_clock::time_point until);
  // As Ctrl-Z does by itself; returns when the process is to go on.
  void stopHere();

 private:
  runtime::Descriptor signals_;
  bool keys_ = false;
};

}  // namespace lsmpc::cli
