// SIGTERM and SIGINT as something to be waited for: they end what a process does where it lets them.
#pragma once

#include "runtime/descriptor.h"

namespace lsmpc::runtime {

class EndingSignals {
 public:
  EndingSignals();
  // Readable as soon as one has come, and then for ever.
  int fd() const { return signals_.get(); }

 private:
  Descriptor signals_;
};

}  // namespace lsmpc::runtime
