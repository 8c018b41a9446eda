// What policies count, as text for whoever asks over HTTP.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace lsmpc::runtime {

// However many ask, the kernel is asked once a second at most, so that they keep nobody else from the lock.
class MetricsPage {
 public:
  // In Prometheus' text format, at most a second old; what cannot be read has no sample. Nothing while another command has the lock on the pins: it never
  // waits. Throws Failure.
  std::optional<std::string> now();

 private:
  std::string text_;
  std::chrono::steady_clock::time_point fresh_until_{};
};

}  // namespace lsmpc::runtime
