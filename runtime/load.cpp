#include "runtime/load.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <nlohmann/json.hpp>

#include "runtime/abi/layout.h"
#include "runtime/hooks.h"
#include "runtime/lock.h"
#include "runtime/message.h"
#include "runtime/object.h"
#include "runtime/pins.h"
#include "runtime/preflight.h"

namespace lsmpc::runtime {
namespace {

struct LinkDestroy {
  void operator()(bpf_link* link) const { bpf_link__destroy(link); }
};

struct Attached {
  std::string hook;
  std::unique_ptr<bpf_link, LinkDestroy> link;
};

struct Ready {
  PolicyObject object;
  std::vector<std::string> absent;
  std::vector<Attached> links;
};

// The verifier's words, without the register dumps that nobody reads in a first message.
std::string lastLines(const std::string& log, size_t count) {
  size_t at = log.size();
  for (size_t lines = 0; at > 0 && lines <= count; --at)
    if (log[at - 1] == '\n') ++lines;
  return log.substr(at);
}

// Maps that the kernel cannot make are left out; the programs test for the same helper.
void leaveOutTaskStorage(bpf_object* object) {
  if (kernelHasTaskStorage()) return;
  for (const char* name : {LSMP_MAP_SCRATCH, LSMP_MAP_SCRATCH_NEXT})
    if (bpf_map* map = bpf_object__find_map_by_name(object, name)) bpf_map__set_autocreate(map, false);
}

void leaveOutAbsent(const Ready& ready) {
  for (const ManifestHook& hook : ready.object.manifest.hooks) {
    if (!std::count(ready.absent.begin(), ready.absent.end(), hook.name)) continue;
    bpf_program* program = bpf_object__find_program_by_name(ready.object.handle.get(), hook.program.c_str());
    if (program) bpf_program__set_autoload(program, false);
  }
}

Ready prepare(const std::string& path, bool audit) {
  Ready ready{openObject(path, audit), {}, {}};
  HookChoice choice = chooseHooks(ready.object.manifest);
  if (!choice.problems.empty()) throw Failure(choice.problems);
  ready.absent = choice.absent;
  bpf_object* object = ready.object.handle.get();
  leaveOutTaskStorage(object);
  leaveOutAbsent(ready);
  takeLibraryLog();
  if (int error = bpf_object__load(object)) {
    std::string log = takeLibraryLog();
    bool refused = log.find("processed ") != std::string::npos || log.find("BEGIN PROG LOAD LOG") != std::string::npos;
    if (refused) throw Failure(Message::VerifierRefused, {path, ""}, lastLines(log, 30));
    throw Failure(Message::LoadFailed, {path, errorText(error)}, lastLines(log, 10));
  }
  return ready;
}

void attach(Ready& ready) {
  for (const ManifestHook& hook : ready.object.manifest.hooks) {
    if (std::count(ready.absent.begin(), ready.absent.end(), hook.name)) continue;
    bpf_program* program = bpf_object__find_program_by_name(ready.object.handle.get(), hook.program.c_str());
    bpf_link* link = bpf_program__attach_lsm(program);
    if (!link && errno == E2BIG) throw Failure(Message::TooManyPrograms, {hook.name});
    if (!link) throw Failure(Message::AttachFailed, {hook.name, errorText(errno), ready.object.manifest.name}, takeLibraryLog());
    ready.links.push_back({hook.name, std::unique_ptr<bpf_link, LinkDestroy>(link)});
  }
}

// The manifest as it is in force: `--audit` shows in what `status` reads.
std::string manifestText(const Manifest& manifest, bool audit) {
  if (!audit) return manifest.text;
  auto json = nlohmann::ordered_json::parse(manifest.text);
  json["policy"]["mode"] = "audit";
  return json.dump();
}

Descriptor manifestMap(const std::string& text, const std::string& name) {
  auto fail = [&] { return Failure(Message::PinFailed, {name, errorText(errno)}); };
  Descriptor map(bpf_map_create(BPF_MAP_TYPE_ARRAY, "lsmp_manifest", 4, static_cast<uint32_t>(text.size()), 1, nullptr));
  if (!map) throw fail();
  uint32_t key = 0;
  std::string value = text;
  value.resize((text.size() + 7) / 8 * 8);
  if (bpf_map_update_elem(map.get(), &key, value.data(), 0) || bpf_map_freeze(map.get())) throw fail();
  return map;
}

void makeFolder(const std::string& path, const std::string& name) {
  if (mkdir(path.c_str(), 0700) && errno != EEXIST) throw Failure(Message::PinFailed, {name, path + ": " + errorText(errno)});
}

void pin(int fd, const std::string& path, const std::string& name) {
  if (bpf_obj_pin(fd, path.c_str())) throw Failure(Message::PinFailed, {name, path + ": " + errorText(errno)});
}

// On failure nothing of the new generation stays.
uint64_t pinAll(const Ready& ready, bool audit) {
  const std::string& name = ready.object.manifest.name;
  std::vector<uint64_t> before = generations(name);
  uint64_t generation = before.empty() ? 1 : before.back() + 1;
  std::string folder = generationFolder(name, generation);
  makeFolder(std::string(LSMP_PIN_ROOT) + "/" + name, name);
  makeFolder(folder, name);
  try {
    for (const char* map : {"events", "counters"}) {
      bpf_map* found = bpf_object__find_map_by_name(ready.object.handle.get(), ("lsmp_" + std::string(map)).c_str());
      if (found) pin(bpf_map__fd(found), folder + "/" + map, name);
    }
    for (const Attached& attached : ready.links) pin(bpf_link__fd(attached.link.get()), folder + "/hook_" + attached.hook, name);
    Descriptor manifest = manifestMap(manifestText(ready.object.manifest, audit), name);
    pin(manifest.get(), folder + "/manifest", name);
  } catch (const Failure&) {
    removeGeneration(name, generation);
    throw;
  }
  return generation;
}

void checkNames(const std::vector<Ready>& all) {
  for (size_t i = 0; i < all.size(); ++i)
    for (size_t j = 0; j < i; ++j)
      if (all[i].object.manifest.name == all[j].object.manifest.name)
        throw Failure(Message::TwiceNamed, {all[i].object.manifest.name});
}

}  // namespace

std::vector<LoadedNow> loadPolicies(const LoadRequest& request) {
  if (std::vector<Problem> problems = checkHost(); !problems.empty()) throw Failure(std::move(problems));
  Descriptor lock = lockPins();
  removeLeftovers();
  std::vector<Ready> all;
  for (const std::string& path : request.objects) all.push_back(prepare(path, request.audit));
  checkNames(all);
  for (Ready& ready : all) attach(ready);
  std::vector<LoadedNow> result;
  std::vector<std::pair<std::string, std::vector<uint64_t>>> old;
  try {
    for (const Ready& ready : all) {
      const Manifest& manifest = ready.object.manifest;
      old.emplace_back(manifest.name, generations(manifest.name));
      result.push_back({manifest, pinAll(ready, request.audit), !old.back().second.empty(), ready.absent});
    }
  } catch (const Failure&) {
    for (const LoadedNow& now : result) removeGeneration(now.manifest.name, now.generation);
    throw;
  }
  for (const auto& [name, before] : old)
    for (uint64_t generation : before) removeGeneration(name, generation);
  return result;
}

}  // namespace lsmpc::runtime
