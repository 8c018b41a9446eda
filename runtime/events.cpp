#include "runtime/events.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <map>
#include <memory>

#include "runtime/boot_time.h"
#include "runtime/event_source.h"
#include "runtime/lock.h"
#include "runtime/message.h"

namespace lsmpc::runtime {
namespace {

constexpr int kPollMilliseconds = 200;

using Sources = std::vector<std::unique_ptr<EventSource>>;
using Generations = std::map<std::string, uint64_t>;

Sources openSources(const EventReader& reader) {
  Descriptor lock = lockPins();
  std::vector<LoadedPolicy> policies;
  for (const std::string& name : reader.names) policies.push_back(loadedPolicy(name));
  if (reader.names.empty()) policies = loadedPolicies();
  Sources sources;
  for (LoadedPolicy& policy : policies) sources.push_back(std::make_unique<EventSource>(std::move(policy), reader));
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

// What waits now, and no more: the reader's own writing may be recorded. Then how many are lost.
void turn(EventSource& source) {
  source.consume(nanosecondsSinceBoot());
  source.showLost();
}

// Sources of generations that went are read to their end and dropped, new ones are opened.
// False where another process reads one of them: a look that will be over soon.
bool refresh(Sources& sources, const EventReader& reader) {
  for (auto& source : sources) {
    if (inForce(source->policy().name, source->policy().generation)) continue;
    turn(*source);
    source.reset();
  }
  sources.erase(std::remove(sources.begin(), sources.end(), nullptr), sources.end());
  bool all = true;
  for (LoadedPolicy& policy : loadedPolicies()) {
    bool asked = reader.names.empty() || std::count(reader.names.begin(), reader.names.end(), policy.name);
    if (!asked || follows(sources, policy)) continue;
    try {
      sources.push_back(std::make_unique<EventSource>(std::move(policy), reader));
    } catch (const Failure& failure) {
      if (failure.problems().front().message != Message::SecondReader) throw;
      all = false;
    }
  }
  return all;
}

void waitForAny(const Sources& sources) {
  std::vector<pollfd> descriptors;
  for (const auto& source : sources) descriptors.push_back({source->pollDescriptor(), POLLIN, 0});
  poll(descriptors.data(), descriptors.size(), kPollMilliseconds);
}

}  // namespace

void readEvents(const EventReader& reader) {
  for (auto& source : openSources(reader)) turn(*source);
}

void followEvents(const EventReader& reader, const std::function<bool()>& stop) {
  Sources sources = openSources(reader);
  Generations known;
  while (!stop()) {
    // A loader that holds the lock is in the middle of a change: look again in the next turn.
    if (Generations found = newest(reader.names); found != known) {
      if (auto lock = tryLock(LSMP_PIN_ROOT)) {
        known = refresh(sources, reader) ? newest(reader.names) : Generations{};
      }
    }
    for (auto& source : sources) turn(*source);
    waitForAny(sources);
  }
  for (auto& source : sources) turn(*source);
}

}  // namespace lsmpc::runtime
