#include "runtime/metrics_page.h"

#include "runtime/abi/layout.h"
#include "runtime/lock.h"
#include "runtime/stats.h"

namespace lsmpc::runtime {

using Clock = std::chrono::steady_clock;

std::optional<std::string> MetricsPage::now() {
  if (Clock::now() < fresh_until_) return text_;
  std::optional<Descriptor> lock = tryLock(LSMP_PIN_ROOT);
  if (!lock) return std::nullopt;
  text_ = statsPrometheus(readStats({}));
  fresh_until_ = Clock::now() + std::chrono::seconds(1);
  return text_;
}

}  // namespace lsmpc::runtime
