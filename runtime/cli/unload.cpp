#include <iostream>

#include "runtime/cli/options.h"
#include "runtime/lock.h"
#include "runtime/message.h"
#include "runtime/pins.h"
#include "runtime/preflight.h"

namespace lsmpc::cli {

int runUnload(const Command& self, const Arguments& arguments) {
  boost::program_options::options_description options("options");
  options.add_options()("all", "every policy");
  Parsed parsed = parse(self, arguments, options);
  if (parsed.help) return 0;
  bool all = parsed.values.count("all") != 0;
  if (all != parsed.names.empty())
    throw runtime::Failure(runtime::Message::Usage, {all ? "`--all` takes no names" : "name the policies to unload, or say `--all`", "unload"});
  if (auto problems = runtime::checkReader(); !problems.empty()) throw runtime::Failure(std::move(problems));
  auto lock = runtime::lockPins();
  std::vector<std::string> names = parsed.names;
  if (all)
    for (const auto& policy : runtime::loadedPolicies()) names.push_back(policy.name);
  for (const std::string& name : parsed.names) runtime::loadedPolicy(name);  // all are there, before the first goes
  for (const std::string& name : names) {
    runtime::removePolicy(name);
    std::cout << name << ": no longer in force\n";
  }
  runtime::removeLeftovers();
  return 0;
}

}  // namespace lsmpc::cli
