#include "runtime/pins.h"

#include <bpf/bpf.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "runtime/abi/layout.h"
#include "runtime/manifest_text.h"
#include "runtime/message.h"
#include "runtime/sets.h"
#include "runtime/trackers.h"
#include "runtime/trial.h"
#include "runtime/turn.h"

namespace lsmpc::runtime {
namespace {

namespace fs = std::filesystem;

const std::string kLinkPrefix = "hook_";

std::string readManifest(const std::string& pin) {
  Descriptor map = openPin(pin);
  bpf_map_info info{};
  uint32_t size = sizeof info;
  if (bpf_obj_get_info_by_fd(map.get(), &info, &size)) throw Failure(Message::PinUnusable, {pin, errorText(errno)});
  std::string text((info.value_size + 7) / 8 * 8, '\0');
  uint32_t key = 0;
  if (info.type != BPF_MAP_TYPE_ARRAY || bpf_map_lookup_elem(map.get(), &key, text.data()))
    throw Failure(Message::PinUnusable, {pin, errorText(info.type == BPF_MAP_TYPE_ARRAY ? errno : EINVAL)});
  text.resize(info.value_size);
  return unpackManifest(std::move(text), pin);
}

using LinkIds = std::map<std::string, uint32_t>;

// What the loader noted beside the manifest, whatever ABI that is of.
nlohmann::json notesIn(const std::string& text) {
  auto json = nlohmann::json::parse(text, nullptr, false);
  return json.is_object() ? json.value("loaded", nlohmann::json()) : nlohmann::json();
}

void readOrigin(LoadedPolicy& policy, const nlohmann::json& loaded) {
  try {
    policy.sha256 = loaded.value("sha256", std::string());
    policy.origin = originOf(loaded.value("origin", nlohmann::json::object()));
  } catch (const nlohmann::json::exception&) {
    // Nothing then: it belongs to whoever says so.
  }
}

LinkIds readLoaded(LoadedPolicy& policy, const nlohmann::json& loaded) {
  try {
    policy.absent = loaded.at("absent").get<std::vector<std::string>>();
    policy.proved = loaded.at("proved").get<std::vector<std::string>>();
    for (const auto& note : loaded.value("filled", nlohmann::json::array()))
      policy.filled.push_back({note.at("text").get<std::string>(), note.at("value").get<uint64_t>()});
    return loaded.at("links").get<LinkIds>();
  } catch (const nlohmann::json::exception& error) {
    policy.faults.push_back(std::string("its loader's notes cannot be read: ") + error.what());
    return {};
  }
}

// A pin that is gone, or shows another link than the loader made, is a fault; so is a hook without either.
bool isAttached(LoadedPolicy& policy, const std::string& hook, uint32_t noted) {
  std::string pin = linkPin(policy.folder, hook);
  Descriptor link(bpf_obj_get(pin.c_str()));
  uint32_t found = link ? attachmentOf(hook, link.get()).link : 0;
  if (found && found == noted) return true;
  if (link) {
    policy.faults.push_back("the pin of `" + hook + "` is not the link that was loaded");
  } else if (noted && linkExists(noted)) {
    policy.faults.push_back("the pin of `" + hook + "` is gone; its link " + std::to_string(noted) + " is held by a process, or about to end");
  } else {
    policy.faults.push_back("hook `" + hook + "` is not attached");
  }
  return false;
}

LoadedPolicy readPolicy(const std::string& name, uint64_t generation) {
  LoadedPolicy policy{name, generation, generationFolder(name, generation)};
  nlohmann::json notes;
  try {
    std::string text = readManifest(policy.folder + "/manifest");
    notes = notesIn(text);
    readOrigin(policy, notes);
    policy.manifest = parseManifest(text, policy.folder + "/manifest");
  } catch (const Failure& failure) {
    policy.faults.push_back(textOf(failure.problems().front()));
    return policy;
  }
  policy.trial = secondsLeft(name);
  LinkIds links = readLoaded(policy, notes);
  for (const ManifestHook& hook : policy.manifest.hooks)
    if (!std::count(policy.absent.begin(), policy.absent.end(), hook.name) && isAttached(policy, hook.name, links[hook.name]))
      policy.hooks.push_back(hook.name);
  for (const auto& [name, link] : links) {
    if (isTrackerLink(name))
      isAttached(policy, name, link);
    else
      policy.newest_link = std::max(policy.newest_link, link);
  }
  if (uint64_t turn = 0; !readTurn(name, turn)) policy.faults.push_back("its pin `turn` is gone");
  for (const char* map : {"events", "counters"})
    if (!Descriptor(bpf_obj_get((policy.folder + "/" + map).c_str())))
      policy.faults.push_back("its pin `" + std::string(map) + "` is gone");
  for (const ManifestSet& set : policy.manifest.sets)
    if (!Descriptor(bpf_obj_get(setPin(policy.folder, set.name).c_str())))
      policy.faults.push_back("the pin of set `" + set.name + "` is gone");
  return policy;
}

}  // namespace

std::string policyFolder(const std::string& name) { return std::string(LSMP_PIN_ROOT) + "/" + name; }

std::string generationFolder(const std::string& name, uint64_t generation) { return policyFolder(name) + "/" + std::to_string(generation); }

std::string linkPin(const std::string& folder, const std::string& hook) { return folder + "/" + kLinkPrefix + hook; }

std::vector<std::string> entriesOf(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (auto it = fs::directory_iterator(folder, error); !error && it != fs::directory_iterator(); it.increment(error))
    names.push_back(it->path().filename().string());
  if (error && error != std::errc::no_such_file_or_directory && error != std::errc::not_a_directory)
    throw Failure(Message::PinUnusable, {folder, error.message()});
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> pinnedHooks(const std::string& folder) {
  std::vector<std::string> hooks;
  for (const std::string& entry : entriesOf(folder))
    if (entry.rfind(kLinkPrefix, 0) == 0) hooks.push_back(entry.substr(kLinkPrefix.size()));
  return hooks;
}

std::vector<Attachment> pinnedAttachments(const std::string& folder) {
  std::vector<Attachment> found;
  for (const std::string& hook : pinnedHooks(folder)) {
    Descriptor pin(bpf_obj_get(linkPin(folder, hook).c_str()));
    Attachment attachment = pin ? attachmentOf(hook, pin.get()) : Attachment{};
    if (attachment.link) found.push_back(attachment);
  }
  return found;
}

std::vector<std::string> pinnedNames() {
  std::vector<std::string> names = entriesOf(LSMP_PIN_ROOT);
  names.erase(std::remove_if(names.begin(), names.end(), [](const std::string& name) { return !usableName(name); }), names.end());
  return names;
}

Descriptor openPin(const std::string& path) {
  Descriptor pin(bpf_obj_get(path.c_str()));
  if (!pin) throw Failure(Message::PinUnusable, {path, errorText(errno)});
  return pin;
}

std::vector<uint64_t> generations(const std::string& name) {
  std::vector<uint64_t> found;
  for (const std::string& entry : entriesOf(policyFolder(name)))
    if (!entry.empty() && entry.size() < 19 && entry.find_first_not_of("0123456789") == std::string::npos)
      found.push_back(std::stoull(entry));
  std::sort(found.begin(), found.end());
  return found;
}

// Where nothing says whose turn it is, each counts as in force: it is never cleaned away unasked.
bool inForce(const std::string& name, uint64_t generation) {
  uint64_t turn = 0;
  return !readTurn(name, turn) || turn == generation;
}

std::vector<LoadedPolicy> loadedPolicies() {
  std::vector<LoadedPolicy> policies;
  for (const std::string& name : pinnedNames())
    if (auto policy = policyInForce(name)) policies.push_back(std::move(*policy));
  return policies;
}

std::optional<LoadedPolicy> policyInForce(const std::string& name) {
  std::vector<uint64_t> all = generations(name);
  while (!all.empty() && !inForce(name, all.back())) all.pop_back();
  return all.empty() ? std::nullopt : std::optional(readPolicy(name, all.back()));
}

LoadedPolicy loadedPolicy(const std::string& name) {
  auto policy = usableName(name) ? policyInForce(name) : std::nullopt;
  if (!policy) throw Failure(Message::NotLoaded, {name});
  return std::move(*policy);
}

}  // namespace lsmpc::runtime
