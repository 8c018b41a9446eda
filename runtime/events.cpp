#include "runtime/events.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <map>
#include <memory>

#include "runtime/event_source.h"
#include "runtime/lock.h"

namespace lsmpc::runtime {
namespace {

constexpr int kPollMilliseconds = 200;

using Sources = std::vector<std::unique_ptr<EventSource>>;
using Generations = std::map<std::string, uint64_t>;

Sources openSources(const std::vector<std::string>& names, const ShowEvent& show) {
  Descriptor lock = lockPins();
  std::vector<LoadedPolicy> policies;
  for (const std::string& name : names) policies.push_back(loadedPolicy(name));
  if (names.empty()) policies = loadedPolicies();
  Sources sources;
  for (LoadedPolicy& policy : policies) sources.push_back(std::make_unique<EventSource>(std::move(policy), show));
  return sources;
}

// The newest number under each name, in force or not: cheap, and it changes whenever there is something new to follow.
Generations newest(const std::vector<std::string>& names) {
  Generations found;
  for (const std::string& name : names.empty() ? pinnedNames() : names)
    if (std::vector<uint64_t> all = generations(name); !all.empty()) found[name] = all.back();
  return found;
}

bool follows(const Sources& sources, const LoadedPolicy& policy) {
  return std::any_of(sources.begin(), sources.end(), [&](const auto& source) {
    return source->policy().name == policy.name && source->policy().generation == policy.generation;
  });
}

// Sources of generations that went are read to their end and dropped, new ones are opened.
void refresh(Sources& sources, const std::vector<std::string>& names, const ShowEvent& show) {
  for (auto& source : sources) {
    if (inForce(source->policy().name, source->policy().generation)) continue;
    source->consume();
    source.reset();
  }
  sources.erase(std::remove(sources.begin(), sources.end(), nullptr), sources.end());
  for (LoadedPolicy& policy : loadedPolicies()) {
    bool asked = names.empty() || std::count(names.begin(), names.end(), policy.name);
    if (asked && !follows(sources, policy)) sources.push_back(std::make_unique<EventSource>(std::move(policy), show));
  }
}

void waitForAny(const Sources& sources) {
  std::vector<pollfd> descriptors;
  for (const auto& source : sources) descriptors.push_back({source->pollDescriptor(), POLLIN, 0});
  poll(descriptors.data(), descriptors.size(), kPollMilliseconds);
}

uint64_t bootNow() {
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1000000000u + static_cast<uint64_t>(now.tv_nsec);
}

}  // namespace

void readEvents(const std::vector<std::string>& names, const ShowEvent& show) {
  Sources sources = openSources(names, show);
  uint64_t now = bootNow();
  for (auto& source : sources) {
    source->consume(now);
    source->showLost();
  }
}

void followEvents(const std::vector<std::string>& names, const ShowEvent& show, const std::function<bool()>& stop) {
  Sources sources = openSources(names, show);
  Generations known;
  while (!stop()) {
    // A loader that holds the lock is in the middle of a change: look again in the next turn.
    if (Generations found = newest(names); found != known) {
      if (auto lock = tryLock(LSMP_PIN_ROOT)) {
        refresh(sources, names, show);
        known = newest(names);
      }
    }
    for (auto& source : sources) {
      source->consume();
      source->showLost();
    }
    waitForAny(sources);
  }
  for (auto& source : sources) source->consume(bootNow());
}

}  // namespace lsmpc::runtime
