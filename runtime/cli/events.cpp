#include "runtime/events.h"

#include <csignal>
#include <iostream>

#include "runtime/cli/options.h"
#include "runtime/message.h"
#include "runtime/pins.h"
#include "runtime/preflight.h"

namespace lsmpc::cli {
namespace {

volatile std::sig_atomic_t stopped = 0;
void onSignal(int) { stopped = 1; }

}  // namespace

int runEvents(const Command& self, const Arguments& arguments) {
  boost::program_options::options_description options("options");
  options.add_options()("follow,f", "go on until interrupted");
  Parsed parsed = parse(self, arguments, options);
  if (parsed.help) return 0;
  if (auto problems = runtime::checkReader(); !problems.empty()) throw runtime::Failure(std::move(problems));
  std::vector<runtime::LoadedPolicy> policies;
  if (parsed.names.empty()) policies = runtime::loadedPolicies();
  for (const std::string& name : parsed.names) policies.push_back(runtime::loadedPolicy(name));
  std::signal(SIGINT, onSignal);
  std::signal(SIGTERM, onSignal);
  bool follow = parsed.values.count("follow") != 0;
  runtime::readEvents(policies, follow, [] { return stopped != 0 || !std::cout; },
                      [&](const runtime::LoadedPolicy& policy, const runtime::EventRecord& record) {
                        std::cout << runtime::eventJson(policy, record) << "\n";
                        if (follow) std::cout.flush();
                      });
  for (const auto& policy : policies)
    if (uint64_t lost = runtime::readCounters(policy)[LSMP_LOST]) std::cerr << policy.name << ": " << lost << " events were lost\n";
  return 0;
}

}  // namespace lsmpc::cli
