#include "runtime/pins.h"

#include <bpf/bpf.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "runtime/abi/layout.h"
#include "runtime/message.h"

namespace lsmpc::runtime {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLinkPrefix = "hook_";

std::vector<std::string> entries(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (auto it = fs::directory_iterator(folder, error); !error && it != fs::directory_iterator(); it.increment(error))
    names.push_back(it->path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string readManifest(const std::string& pin) {
  Descriptor map = openPin(pin);
  bpf_map_info info{};
  uint32_t size = sizeof info;
  if (bpf_obj_get_info_by_fd(map.get(), &info, &size)) throw Failure(Message::PinUnusable, {pin, errorText(errno)});
  std::string text((info.value_size + 7) / 8 * 8, '\0');
  uint32_t key = 0;
  if (bpf_map_lookup_elem(map.get(), &key, text.data())) throw Failure(Message::PinUnusable, {pin, errorText(errno)});
  text.resize(std::min<size_t>(info.value_size, text.find_last_not_of('\0') + 1));
  return text;
}

LoadedPolicy readPolicy(const std::string& name, uint64_t generation) {
  LoadedPolicy policy{name, generation, generationFolder(name, generation), {}, {}, {}};
  policy.manifest = parseManifest(readManifest(policy.folder + "/manifest"), policy.folder + "/manifest");
  for (const std::string& entry : entries(policy.folder))
    if (entry.rfind(kLinkPrefix, 0) == 0) policy.hooks.push_back(entry.substr(std::string(kLinkPrefix).size()));
  for (const ManifestHook& hook : policy.manifest.hooks)
    if (!hook.if_present && !std::count(policy.hooks.begin(), policy.hooks.end(), hook.name)) policy.missing.push_back(hook.name);
  return policy;
}

bool isComplete(const std::string& name, uint64_t generation) {
  std::error_code error;
  return fs::exists(generationFolder(name, generation) + "/manifest", error);
}

void removeFile(const std::string& path, const std::string& name) {
  std::error_code error;
  if (!fs::remove(path, error) && error) throw Failure(Message::UnloadFailed, {name, path + ": " + error.message()});
}

}  // namespace

std::string generationFolder(const std::string& name, uint64_t generation) {
  return std::string(LSMP_PIN_ROOT) + "/" + name + "/" + std::to_string(generation);
}

Descriptor openPin(const std::string& path) {
  Descriptor pin(bpf_obj_get(path.c_str()));
  if (!pin) throw Failure(Message::PinUnusable, {path, errorText(errno)});
  return pin;
}

std::vector<uint64_t> generations(const std::string& name) {
  std::vector<uint64_t> found;
  for (const std::string& entry : entries(std::string(LSMP_PIN_ROOT) + "/" + name))
    if (!entry.empty() && entry.size() < 19 && entry.find_first_not_of("0123456789") == std::string::npos) found.push_back(std::stoull(entry));
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<LoadedPolicy> loadedPolicies() {
  std::vector<LoadedPolicy> policies;
  for (const std::string& name : entries(LSMP_PIN_ROOT)) {
    std::vector<uint64_t> all = generations(name);
    while (!all.empty() && !isComplete(name, all.back())) all.pop_back();
    if (!all.empty()) policies.push_back(readPolicy(name, all.back()));
  }
  return policies;
}

LoadedPolicy loadedPolicy(const std::string& name) {
  if (usableName(name)) {
    std::vector<uint64_t> all = generations(name);
    while (!all.empty() && !isComplete(name, all.back())) all.pop_back();
    if (!all.empty()) return readPolicy(name, all.back());
  }
  throw Failure(Message::NotLoaded, {name});
}

void removeGeneration(const std::string& name, uint64_t generation) {
  std::string folder = generationFolder(name, generation);
  std::vector<std::string> names = entries(folder);
  std::stable_partition(names.begin(), names.end(), [](const std::string& n) { return n.rfind(kLinkPrefix, 0) == 0; });
  for (const std::string& entry : names) removeFile(folder + "/" + entry, name);
  removeFile(folder, name);
}

void removePolicy(const std::string& name) {
  for (uint64_t generation : generations(name)) removeGeneration(name, generation);
  removeFile(std::string(LSMP_PIN_ROOT) + "/" + name, name);
}

void removeLeftovers() {
  for (const std::string& name : entries(LSMP_PIN_ROOT)) {
    for (uint64_t generation : generations(name))
      if (!isComplete(name, generation)) removeGeneration(name, generation);
    if (generations(name).empty()) removeFile(std::string(LSMP_PIN_ROOT) + "/" + name, name);
  }
}

}  // namespace lsmpc::runtime
