// `apply --watch`: a folder is applied again whenever it, or what is in force of it, changes.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "runtime/apply.h"
#include "runtime/metrics_address.h"

namespace lsmpc::runtime {

// Who is told what. Repeated passes with the same outcome are told once.
struct WatchTold {
  std::function<void(const ApplyReport&)> pass;
  std::function<void(const Failure&)> failure;  // of a whole pass: what was in force still is
  std::function<void(const std::string&)> note;
};

// Until SIGTERM or SIGINT; policies stay in force. `metrics`: where they are served meanwhile. Throws Failure where they cannot be, before anything is applied,
// and where the first pass cannot be made.
void watchFolder(const ApplyRequest& request, const std::optional<MetricsAddress>& metrics, const WatchTold& told);

}  // namespace lsmpc::runtime
