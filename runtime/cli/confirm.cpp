#include <iostream>
#include <nlohmann/json.hpp>

#include "runtime/cli/host.h"
#include "runtime/cli/options.h"
#include "runtime/manifest.h"
#include "runtime/message.h"
#include "runtime/pins.h"
#include "runtime/trial.h"
#include "runtime/unpin.h"

namespace lsmpc::cli {
namespace {

std::vector<std::string> allOnTrial() {
  std::vector<std::string> names;
  for (const std::string& name : runtime::pinnedNames())
    if (runtime::onTrial(name)) names.push_back(name);
  return names;
}

// Before any is confirmed.
void checkNames(const std::vector<std::string>& names) {
  std::vector<runtime::Problem> problems;
  for (const std::string& name : names)
    if (!runtime::usableName(name) || !runtime::onTrial(name))
      problems.push_back({runtime::Message::NotOnTrial, {"no load of `" + name + "`"}, {}});
  if (names.empty()) problems.push_back({runtime::Message::NotOnTrial, {"no load"}, {}});
  if (!problems.empty()) throw runtime::Failure(std::move(problems));
}

}  // namespace

// Policies that were loaded together are confirmed together.
int runConfirm(const Call& call) {
  Parsed parsed = parse(call, boost::program_options::options_description("options"), SIZE_MAX);
  if (parsed.help) return 0;
  auto lock = beginHost(call.program);
  std::vector<std::string> names = parsed.names.empty() ? allOnTrial() : parsed.names;
  checkNames(names);
  auto json = nlohmann::ordered_json::array();
  for (const std::string& name : names) {
    runtime::Trial trial = runtime::Trial::of(name);
    if (!trial.end(runtime::TrialState::Confirmed) && trial.state() != runtime::TrialState::Confirmed)
      throw runtime::Failure(runtime::Message::NotOnTrial, {"no load of `" + name + "`"});
    json.push_back(name);
    if (!parsed.json) std::cout << name << ": stays in force\n";
  }
  runtime::removeLeftovers();
  if (parsed.json) std::cout << nlohmann::ordered_json{{"schema", "lsmp-confirm"}, {"version", 1}, {"confirmed", json}}.dump() << "\n";
  return 0;
}

}  // namespace lsmpc::cli
