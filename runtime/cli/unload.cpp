#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "runtime/cli/host.h"
#include "runtime/cli/options.h"
#include "runtime/message.h"
#include "runtime/pins.h"
#include "runtime/unpin.h"

namespace lsmpc::cli {
namespace {

// All are there, before the first goes. What a policy's manifest says is of no interest: a damaged one goes too.
std::vector<std::string> wanted(const Parsed& parsed) {
  std::vector<std::string> pinned = runtime::pinnedNames();
  std::vector<runtime::Problem> problems;
  for (const std::string& name : parsed.names)
    if (!std::count(pinned.begin(), pinned.end(), name)) problems.push_back({runtime::Message::NotLoaded, {name}, {}});
  if (!problems.empty()) throw runtime::Failure(std::move(problems));
  return parsed.names.empty() ? pinned : parsed.names;
}

}  // namespace

// One that cannot be removed does not keep the others in force.
int runUnload(const Call& call) {
  boost::program_options::options_description options("options");
  options.add_options()("all", "every policy");
  Parsed parsed = parse(call, options, SIZE_MAX);
  if (parsed.help) return 0;
  bool all = parsed.values.count("all") != 0;
  if (all != parsed.names.empty()) misused(call, all ? "`--all` takes no names" : "name the policies to unload, or say `--all`");
  auto lock = beginHost(call.program);
  std::vector<runtime::Problem> problems;
  auto json = nlohmann::ordered_json::array();
  for (const std::string& name : wanted(parsed)) {
    try {
      runtime::removePolicy(name);
      json.push_back(name);
      if (!parsed.json) std::cout << name << ": no longer in force\n";
    } catch (const runtime::Failure& failure) {
      problems.insert(problems.end(), failure.problems().begin(), failure.problems().end());
    }
  }
  if (parsed.json) std::cout << nlohmann::ordered_json{{"schema", "lsmp-unload"}, {"version", 1}, {"unloaded", json}}.dump() << "\n";
  if (!problems.empty()) throw runtime::Failure(std::move(problems));
  return 0;
}

}  // namespace lsmpc::cli
