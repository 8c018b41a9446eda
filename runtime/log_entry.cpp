#include "runtime/log_entry.h"

#include <nlohmann/json.hpp>

namespace lsmpc::runtime {

Severity severityOf(const EventLine& event) {
  auto verdict = event.find("verdict");
  if (verdict == event.end() || event.value("enforced", false)) return Severity::Warning;
  return *verdict == "allow" ? Severity::Info : Severity::Notice;
}

}  // namespace lsmpc::runtime
