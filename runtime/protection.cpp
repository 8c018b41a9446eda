#include "runtime/protection.h"

#include <bpf/bpf.h>
#include <linux/bpf.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <set>

#include "runtime/descriptor.h"
#include "runtime/guard.h"
#include "runtime/message.h"
#include "runtime/pins.h"

namespace lsmpc::runtime {
namespace {

namespace fs = std::filesystem;

using Ids = std::set<uint32_t>;

constexpr uint32_t kOnly = 0;

Failure failed(const std::string& what) { return Failure(Message::ProtectFailed, {what + ": " + errorText(errno)}); }

template <class Info>
Info infoOf(int fd, const std::string& what) {
  Info info{};
  uint32_t size = sizeof info;
  if (bpf_obj_get_info_by_fd(fd, &info, &size)) throw failed(what);
  return info;
}

// All that the program reads and writes, pinned or not.
void addMapsOf(uint32_t program, const std::string& what, Ids& ids) {
  Descriptor fd(bpf_prog_get_fd_by_id(program));
  if (!fd) throw failed(what);
  std::vector<uint32_t> maps(infoOf<bpf_prog_info>(fd.get(), what).nr_map_ids);
  bpf_prog_info info{};
  uint32_t size = sizeof info;
  info.nr_map_ids = static_cast<uint32_t>(maps.size());
  info.map_ids = reinterpret_cast<uint64_t>(maps.data());
  if (bpf_obj_get_info_by_fd(fd.get(), &info, &size)) throw failed(what);
  ids.insert(maps.begin(), maps.end());
}

// And the one in it that is a dynamic set now.
void addMap(int map, const std::string& path, Ids& ids) {
  bpf_map_info info = infoOf<bpf_map_info>(map, path);
  ids.insert(info.id);
  uint32_t inner = 0;
  if (info.type == BPF_MAP_TYPE_ARRAY_OF_MAPS && !bpf_map_lookup_elem(map, &kOnly, &inner)) ids.insert(inner);
}

bool isMap(int fd) {
  std::error_code error;
  return fs::read_symlink("/proc/self/fd/" + std::to_string(fd), error).string().find("bpf-map") != std::string::npos;
}

void addPinned(const std::string& folder, Ids& ids) {
  for (const std::string& entry : entriesOf(folder)) {
    std::string path = folder + "/" + entry;
    std::error_code error;
    if (fs::is_directory(path, error)) continue;
    Descriptor pin(bpf_obj_get(path.c_str()));
    if (!pin) throw failed(path);
    if (isMap(pin.get()))
      addMap(pin.get(), path, ids);
    else if (uint32_t program = attachmentOf(entry, pin.get()).program)
      addMapsOf(program, path, ids);
  }
}

Ids pinnedMaps() {
  Ids ids;
  for (const std::string& name : pinnedNames()) {
    addPinned(policyFolder(name), ids);
    for (uint64_t generation : generations(name)) addPinned(generationFolder(name, generation), ids);
  }
  return ids;
}

Ids listed(int list) {
  Ids ids;
  uint32_t before = 0, id = 0;
  for (bool first = true; !bpf_map_get_next_key(list, first ? nullptr : &before, &id); first = false) {
    ids.insert(id);
    before = id;
  }
  return ids;
}

// An element of a pinned array; what is pinned there may be anything.
template <class Value>
std::optional<Value> readElement(const std::string& name, uint32_t key) {
  Descriptor pin(bpf_obj_get(guardPin(name).c_str()));
  Value value{};
  bpf_map_info info{};
  uint32_t size = sizeof info;
  if (!pin || bpf_obj_get_info_by_fd(pin.get(), &info, &size) || info.type != BPF_MAP_TYPE_ARRAY || info.value_size != sizeof value)
    return std::nullopt;
  if (bpf_map_lookup_elem(pin.get(), &key, &value)) return std::nullopt;
  return value;
}

std::optional<lsmp_guard_config> readConfig() { return readElement<lsmp_guard_config>("config", kOnly); }

Descriptor openGuardPin(const std::string& name) {
  Descriptor pin(bpf_obj_get(guardPin(name).c_str()));
  if (!pin) throw failed(guardPin(name));
  return pin;
}

bool exists(const std::string& path) {
  std::error_code error;
  return fs::exists(path, error);
}

bool isWhole() { return exists(guardPin("counts")); }

}  // namespace

bool isProtected() { return exists(guardFolder()); }

std::optional<Protection> readProtection() {
  if (!isProtected()) return std::nullopt;
  Protection protection;
  if (auto config = readConfig())
    protection.program = programIn(*config);
  else
    protection.faults.push_back("its pin `config` cannot be read");
  if (auto refused = readElement<uint64_t>("counts", LSMP_GUARD_REFUSED))
    protection.refused = *refused;
  else
    protection.faults.push_back("its pin `counts` cannot be read");
  for (const std::string& hook : guardHooks())
    if (Descriptor pin(bpf_obj_get(linkPin(guardFolder(), hook).c_str())); !pin || !attachmentOf(hook, pin.get()).link)
      protection.faults.push_back("hook `" + hook + "` is not attached");
  return protection;
}

void checkPermitted() {
  if (Descriptor(bpf_obj_get(guardPin("maps").c_str())) || errno != EPERM) return;
  auto config = readConfig();
  std::error_code error;
  std::string own = fs::read_symlink("/proc/self/exe", error), program = config ? programIn(*config) : "who loaded them";
  throw Failure(Message::Protected, {program, own, own == program ? ", traced or in another root" : ""});
}

void beginProtection() { attachGuard(pinnedMaps()); }

// Their ids come to the list before old ones leave it.
void extendProtection() {
  if (!isProtected()) return;
  Descriptor list = openGuardPin("maps"), counts = openGuardPin("counts");
  Ids wanted = pinnedMaps(), before = listed(list.get());
  wanted.insert({mapId(list.get()), mapId(counts.get())});
  listMaps(list.get(), wanted);
  for (uint32_t id : before)
    if (!wanted.count(id)) bpf_map_delete_elem(list.get(), &id);
}

void extendProtection(int map) {
  if (isProtected()) listMaps(openGuardPin("maps").get(), {mapId(map)});
}

void endProtection() {
  if (isProtected()) removeGuard();
}

void endIdleProtection() {
  if (isProtected() && (!isWhole() || pinnedNames().empty())) removeGuard();
}

}  // namespace lsmpc::runtime
