// What policies count, served over HTTP to whoever can connect, in a thread of its own: nobody who asks, or stalls, delays what the process is there for.
#pragma once

#include <memory>

#include "runtime/metrics_address.h"

namespace lsmpc::runtime {

// GET and HEAD of /metrics, in Prometheus' text format. While another command has the lock, whoever asks waits 3 s, then gets 503 and a sentence.
class MetricsEndpoint {
 public:
  // Listens when it returns. The thread has the signal mask of the caller. Throws Failure EndpointUnusable.
  explicit MetricsEndpoint(const MetricsAddress& address);
  ~MetricsEndpoint();
  MetricsEndpoint(const MetricsEndpoint&) = delete;
  MetricsEndpoint& operator=(const MetricsEndpoint&) = delete;

 private:
  class Server;
  std::unique_ptr<Server> server_;
};

}  // namespace lsmpc::runtime
