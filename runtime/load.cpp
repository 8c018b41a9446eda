#include "runtime/load.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <optional>

#include "runtime/abi/layout.h"
#include "runtime/calls_under_way.h"
#include "runtime/filled_json.h"
#include "runtime/hits.h"
#include "runtime/lock.h"
#include "runtime/manifest_text.h"
#include "runtime/pins.h"
#include "runtime/preflight.h"
#include "runtime/prepare.h"
#include "runtime/protection.h"
#include "runtime/rehearsal.h"
#include "runtime/skipped_programs.h"
#include "runtime/trackers.h"
#include "runtime/trial.h"
#include "runtime/unpin.h"

namespace lsmpc::runtime {
namespace {

struct Generation {
  ReadyObject ready;
  Origin origin;
  std::optional<LoadedPolicy> replaces;  // what is in force of that name
  uint64_t older = 0;

  const std::string& name() const { return ready.object.manifest.name; }
  std::string folder() const { return generationFolder(name(), ready.generation); }
};

void makeFolder(const std::string& path, const std::string& name) {
  if (mkdir(path.c_str(), 0700) && errno != EEXIST) throw Failure(Message::PinFailed, {name, path + ": " + errorText(errno)});
}

void pin(int fd, const std::string& path, const std::string& name) {
  if (bpf_obj_pin(fd, path.c_str())) throw Failure(Message::PinFailed, {name, path + ": " + errorText(errno)});
}

void pinClosed(Generation& generation) {
  const std::string& name = generation.name();
  makeFolder(policyFolder(name), name);
  generation.ready.turn.pin();
  makeFolder(generation.folder(), name);
  pin(generation.ready.gate.fd(), generation.folder() + "/gate", name);
  for (const char* map : {"events", "counters"}) {
    bpf_map* found = bpf_object__find_map_by_name(generation.ready.object.handle.get(), ("lsmp_" + std::string(map)).c_str());
    pin(bpf_map__fd(found), generation.folder() + "/" + map, name);
  }
  const PolicyObject& object = generation.ready.object;
  if (bpf_map* hits = hitsOf(object.handle.get())) pin(bpf_map__fd(hits), hitsPin(generation.folder()), name);
  if (bpf_map* facts = factsOf(object.handle.get())) pin(bpf_map__fd(facts), factsPin(generation.folder()), name);
  for (const ManifestSet& set : object.manifest.sets)
    pin(bpf_map__fd(mapOf(object.handle.get(), set)), setPin(generation.folder(), set.name), name);
  for (const AttachedHook& hook : generation.ready.hooks)
    pin(bpf_link__fd(hook.link.get()), linkPin(generation.folder(), hook.attachment.hook), name);
}

std::vector<std::string> hooksThat(const ReadyObject& ready, bool called) {
  std::vector<bool> calls = ready.gate.called();
  std::vector<std::string> hooks;
  for (size_t i = 0; i < calls.size(); ++i) {
    const std::string& hook = ready.object.manifest.hooks[i].name;
    if (calls[i] == called && !std::count(ready.absent.begin(), ready.absent.end(), hook)) hooks.push_back(hook);
  }
  return hooks;
}

// The manifest with the loader's notes: what `status` compares with what it finds.
std::string notedManifest(const Generation& generation) {
  const ReadyObject& ready = generation.ready;
  auto json = nlohmann::ordered_json::parse(ready.object.manifest.text);
  if (ready.audit) json["policy"]["mode"] = "audit";
  auto links = nlohmann::ordered_json::object();
  for (const AttachedHook& hook : ready.hooks) links[hook.attachment.hook] = hook.attachment.link;
  json["loaded"] = {{"links", links}, {"absent", ready.absent}, {"proved", hooksThat(ready, true)}, {"sha256", ready.object.sha256}};
  if (!generation.origin.folder.empty()) json["loaded"]["origin"] = originJson(generation.origin);
  if (!ready.object.filled.empty()) json["loaded"]["filled"] = filledJson(notesOf(ready.object.filled));
  return json.dump();
}

void pinManifest(const Generation& generation) {
  std::string text = packManifest(notedManifest(generation));
  auto fail = [&] { return Failure(Message::PinFailed, {generation.name(), errorText(errno)}); };
  Descriptor map(bpf_map_create(BPF_MAP_TYPE_ARRAY, "lsmp_manifest", 4, static_cast<uint32_t>(text.size()), 1, nullptr));
  if (!map) throw fail();
  uint32_t key = 0;
  text.resize((text.size() + 7) / 8 * 8);
  if (bpf_map_update_elem(map.get(), &key, text.data(), 0) || bpf_map_freeze(map.get())) throw fail();
  pin(map.get(), generation.folder() + "/manifest", generation.name());
}

// What is in force belongs to somebody, who would load it again.
void checkOrigin(const Generation& generation, const LoadRequest& request) {
  const std::optional<LoadedPolicy>& policy = generation.replaces;
  if (policy && policy->origin != request.origin && !request.replace)
    throw Failure(Message::OtherOrigin, {policy->name, textOf(policy->origin)});
}

std::vector<Generation> prepareAll(const LoadRequest& request) {
  std::vector<Generation> all;
  for (const ObjectFile& file : request.objects) {
    all.push_back({prepareObject(file, request.audit), request.origin, std::nullopt});
    all.back().replaces = policyInForce(all.back().name());
    checkOrigin(all.back(), request);
    for (size_t i = 0; i + 1 < all.size(); ++i)
      if (all[i].name() == all.back().name()) throw Failure(Message::TwiceNamed, {all.back().name()});
  }
  return all;
}

void rehearseAll(const std::vector<Generation>& all, bool force) {
  std::vector<Problem> problems;
  for (const Generation& generation : all) {
    std::string stopped = rehearse(generation.name(), generation.ready.generation);
    if (!stopped.empty() && !force) problems.push_back({Message::StopsUnload, {generation.name(), stopped}, {}});
    forgetRecords(generation.ready);
  }
  if (!problems.empty()) throw Failure(std::move(problems));
}

// Tells the generation in force on which hooks the new one has programs, too; where its manifest cannot be read: on all.
void nameHeirs(const Generation& generation) {
  const std::optional<LoadedPolicy>& policy = generation.replaces;
  const ReadyObject& ready = generation.ready;
  if (!policy) return;
  auto has = [&](const ManifestHook& hook) {
    return std::any_of(ready.hooks.begin(), ready.hooks.end(), [&](const AttachedHook& one) { return one.attachment.hook == hook.name; });
  };
  std::vector<bool> shared;
  for (const ManifestHook& hook : policy->manifest.hooks) shared.push_back(has(hook));
  Descriptor gate = openPin(policy->folder + "/gate");
  if (!setHeirs(gate.get(), shared, ready.generation)) throw Failure(Message::PinUnusable, {policy->folder + "/gate", errorText(errno)});
}

void begin(Trial& trial, std::vector<Generation>& all, uint64_t seconds) {
  std::vector<TrialPolicy> policies;
  for (Generation& generation : all) {
    trial.pin(generation.name());
    policies.push_back({&generation.ready.turn, generation.ready.generation, generation.ready.turn.generation()});
  }
  trial.watch(policies, seconds);
}

// Up to the turns all of it can be undone, and after an end at any point the next command does that.
void putInForce(std::vector<Generation>& all, const LoadRequest& request) {
  std::optional<Trial> trial;
  bool begins_protection = request.protect && !isProtected();
  if (request.trial) trial.emplace();
  try {
    for (Generation& generation : all) attachHooks(generation.ready);
    for (const Generation& generation : all) nameHeirs(generation);
    for (Generation& generation : all) generation.older = readRunningTasks(generation.ready);
    for (Generation& generation : all) pinClosed(generation);
    rehearseAll(all, request.force);
    for (const Generation& generation : all) pinManifest(generation);
    if (trial) begin(*trial, all, request.trial);
    if (begins_protection)
      beginProtection();
    else
      extendProtection();
  } catch (...) {
    if (trial) trial->end(TrialState::TakenBack);
    for (Generation& generation : all) generation.ready.hooks.clear();
    try {
      if (begins_protection) endProtection();
      removeLeftovers();
    } catch (...) {
      // It is nobody's turn there; what failed first is what the user has to know.
    }
    throw;
  }
  for (Generation& generation : all) generation.ready.turn.give(generation.ready.generation);
}

void removeOld(Generation& generation, std::vector<Problem>& problems) {
  size_t before_problems = problems.size();
  for (uint64_t before : generation.ready.before) {
    try {
      removeReplaced(generation.name(), before);
    } catch (const Failure& failure) {
      problems.insert(problems.end(), failure.problems().begin(), failure.problems().end());
    }
  }
  if (problems.size() == before_problems) generation.ready.turn.olderGone();
}

void removeOlder(std::vector<Generation>& all, std::vector<Problem>& problems) {
  if (std::any_of(all.begin(), all.end(), [](const Generation& one) { return !one.ready.before.empty(); })) letCallsPass();
  for (Generation& generation : all) removeOld(generation, problems);
}

}  // namespace

LoadOutcome loadPolicies(const LoadRequest& request) {
  if (std::vector<Problem> problems = checkHost(); !problems.empty()) throw Failure(std::move(problems));
  Descriptor lock = lockPins();
  std::vector<Problem> warnings = warningsOf(runningKernel());
  std::vector<std::string> cleaned = removeLeftovers();
  LoadOutcome outcome = loadWithLock(request);
  outcome.warnings = std::move(warnings);
  outcome.cleaned = std::move(cleaned);
  return outcome;
}

LoadOutcome loadWithLock(const LoadRequest& request) {
  LoadOutcome outcome;
  std::vector<Generation> all = prepareAll(request);
  putInForce(all, request);
  for (Generation& generation : all) {
    const ReadyObject& ready = generation.ready;
    outcome.loaded.push_back({ready.object.manifest, ready.object.sha256, ready.generation, ready.audit, std::move(generation.replaces),
                              ready.absent, hooksThat(ready, true), hooksThat(ready, false), notesOf(ready.object.filled),
                              generation.older});
  }
  if (!request.trial) removeOlder(all, outcome.afterwards);
  return outcome;
}

}  // namespace lsmpc::runtime
