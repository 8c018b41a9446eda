#include <iostream>
#include <nlohmann/json.hpp>

#include "runtime/cli/options.h"
#include "runtime/preflight.h"

namespace lsmpc::cli {

// Exit 2 where something that is required is missing.
int runDoctor(const Call& call) {
  Parsed parsed = parse(call, boost::program_options::options_description("options"), 0);
  if (parsed.help) return 0;
  bool good = true;
  auto json = nlohmann::ordered_json::array();
  for (const runtime::Finding& finding : runtime::examineHost()) {
    good &= finding.found || !finding.required;
    json.push_back({{"name", finding.name},
                    {"found", finding.found},
                    {"required", finding.required},
                    {"seen", finding.seen},
                    {"way_out", finding.way_out}});
    if (parsed.json) continue;
    std::cout << (finding.found      ? "  ok       "
                  : finding.required ? "  MISSING  "
                                     : "  note     ")
              << finding.name << ": " << finding.seen << "\n";
    if (!finding.found && !finding.way_out.empty()) std::cout << "           " << finding.way_out << "\n";
  }
  if (parsed.json)
    std::cout << nlohmann::ordered_json{{"schema", "lsmp-doctor"}, {"version", 1}, {"good", good}, {"findings", json}}.dump() << "\n";
  else
    std::cout << (good ? "policies can be loaded here\n" : "policies cannot be loaded here\n");
  return good ? 0 : 2;
}

}  // namespace lsmpc::cli
