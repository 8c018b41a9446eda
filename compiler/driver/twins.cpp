#include "compiler/driver/twins.h"

#include <map>

namespace lsmpc::driver {

void refuseTwins(const NamedPolicies& policies, Report& report) {
  diag::Emitter emitter;
  std::map<std::string, base::Range> first;
  for (const auto& [name, range] : policies) {
    if (name.empty()) continue;
    auto [place, added] = first.emplace(name, range);
    if (added) continue;
    emitter.report(diag::Kind::TwinPolicies, range, name)
        .note(place->second, "the other")
        .hint("give one a header with another name: policy OTHER_NAME");
  }
  report.take(emitter, true);
}

}  // namespace lsmpc::driver
