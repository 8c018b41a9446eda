// The socket of a log daemon: a datagram for each entry, which it takes whole or not at all.
#pragma once

#include <string>

#include "runtime/descriptor.h"

namespace lsmpc::runtime {

class LogSocket {
 public:
  // Throws Failure OutputUnusable where nobody listens there.
  explicit LogSocket(const std::string& path);

  // Why the daemon did not get it, or empty. One that was started again meanwhile is found again; one that does not keep up is waited for, a tenth of a second, and then no more
  // before it takes something.
  std::string send(const std::string& datagram);

 private:
  int connect();  // 0 or an errno
  int trySend(const std::string& datagram);

  std::string path_;
  Descriptor socket_;
  bool patient_ = true;
};

}  // namespace lsmpc::runtime
