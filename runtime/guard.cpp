#include "runtime/guard.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>

#include "runtime/abi/layout.h"
#include "runtime/descriptor.h"
#include "runtime/gate.h"
#include "runtime/guard/object.h"
#include "runtime/message.h"
#include "runtime/object.h"
#include "runtime/object_data.h"
#include "runtime/pins.h"
#include "runtime/prepare.h"
#include "runtime/unpin_folder.h"

namespace lsmpc::runtime {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFirstMounts = "/proc/1/mountinfo";  // whose mounts the host's bpffs hangs on
constexpr const char* kSection = "lsm/";

Failure failed(const std::string& reason) { return Failure(Message::ProtectFailed, {reason}); }

void nameProgram(lsmp_guard_config& config) {
  if (getauxval(AT_BASE)) throw failed("this program has libraries, in whose place others can be loaded: load with `lsmpctl`");
  std::error_code error;
  fs::path path = fs::read_symlink("/proc/self/exe", error);
  if (error) throw failed("/proc/self/exe: " + error.message());
  for (; path.has_relative_path(); path = path.parent_path()) {
    std::string name = path.filename();
    if (name.size() >= LSMP_GUARD_NAME || config.names == LSMP_GUARD_NAMES)
      throw failed("the path of this program has more than " + std::to_string(LSMP_GUARD_NAMES) + " names, or one of " +
                   std::to_string(LSMP_GUARD_NAME) + " bytes or more");
    memcpy(config.name[config.names++], name.data(), name.size());
  }
}

struct Mount {
  uint32_t parent = 0;
  std::string device;
};

// proc_pid_mountinfo(5): id, parent, major:minor
std::map<uint32_t, Mount> readMounts() {
  std::ifstream in(kFirstMounts);
  std::map<uint32_t, Mount> mounts;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    uint32_t id = 0;
    Mount mount;
    if (words >> id >> mount.parent >> mount.device) mounts[id] = std::move(mount);
  }
  if (mounts.empty()) throw failed(std::string(kFirstMounts) + " cannot be read");
  return mounts;
}

// Those of the pins' filesystem, and all that they are on: with one of these they would go.
void nameMounts(lsmp_guard_config& config, const struct stat& folder) {
  std::map<uint32_t, Mount> mounts = readMounts();
  std::string device = std::to_string(major(folder.st_dev)) + ":" + std::to_string(minor(folder.st_dev));
  std::set<uint32_t> ids;
  for (auto one = mounts.begin(); one != mounts.end(); ++one)
    if (one->second.device == device)
      for (auto at = one; at != mounts.end() && ids.insert(at->first).second;) at = mounts.find(at->second.parent);
  if (ids.empty()) throw failed("process 1 has no mount of " + std::string(LSMP_PIN_ROOT));
  if (ids.size() > LSMP_GUARD_MOUNTS) throw failed("the bpffs hangs on more than " + std::to_string(LSMP_GUARD_MOUNTS) + " mounts");
  for (uint32_t id : ids) config.mount_ids[config.mounts++] = id;
}

struct Guard {
  std::unique_ptr<bpf_object, ObjectClose> object;
  std::vector<std::pair<std::string, std::unique_ptr<bpf_link, LinkDestroy>>> links;  // by hook

  int map(const char* name) const { return bpf_object__find_map_fd_by_name(object.get(), name); }
  int config() const { return bpf_map__fd(mapOfSection(object.get(), ".rodata")); }
};

Failure refused(const std::string& step) {
  std::string log = takeLibraryLog();
  return Failure(Message::ProtectFailed, {step + ": " + errorText(errno)}, log);
}

Guard opened() {
  LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = "lsmp_guard");
  Guard guard;
  guard.object.reset(bpf_object__open_mem(guardObject().data(), guardObject().size(), &options));
  if (!guard.object) throw refused("its programs cannot be opened");
  return guard;
}

std::string hookOf(const bpf_program* program) { return bpf_program__section_name(program) + strlen(kSection); }

Guard loaded(const lsmp_guard_config& config) {
  registerGate();
  Guard guard = opened();
  bpf_map* constants = mapOfSection(guard.object.get(), ".rodata");
  if (!constants || bpf_map__set_initial_value(constants, &config, sizeof config)) throw refused("its constants");
  if (bpf_object__load(guard.object.get())) throw refused("its programs cannot be loaded");
  return guard;
}

void attach(Guard& guard) {
  bpf_program* program;
  bpf_object__for_each_program(program, guard.object.get()) {
    std::string hook = hookOf(program);
    bpf_link* link = bpf_program__attach_lsm(program);
    if (!link) throw refused("hook `" + hook + "`");
    guard.links.emplace_back(hook, link);
  }
}

// One of its own maps is asked for, which its program has to see and to permit.
void prove(const Guard& guard) {
  int counts = guard.map(LSMP_GUARD_COUNTS);
  if (!Descriptor(bpf_map_get_fd_by_id(mapId(counts))))
    throw failed("it would keep this program out, too: " + errorText(errno) + " (is it traced, or in another root than it seems?)");
  const uint32_t key = LSMP_GUARD_PERMITTED;
  uint64_t count = 0;
  if (bpf_map_lookup_elem(counts, &key, &count) || !count) throw failed("the kernel does not call its programs");
}

void pinAll(const Guard& guard) {
  if (mkdir(guardFolder().c_str(), 0700) && errno != EEXIST) throw refused(guardFolder());
  auto pin = [](int fd, const std::string& path) {
    if (bpf_obj_pin(fd, path.c_str())) throw refused(path);
  };
  pin(guard.config(), guardPin("config"));
  pin(guard.map(LSMP_GUARD_MAP_IDS), guardPin("maps"));
  for (const auto& [hook, link] : guard.links) pin(bpf_link__fd(link.get()), linkPin(guardFolder(), hook));
  pin(guard.map(LSMP_GUARD_COUNTS), guardPin("counts"));
}

}  // namespace

std::string guardFolder() { return std::string(LSMP_PIN_ROOT) + "/protect:"; }

std::string guardPin(const std::string& name) { return guardFolder() + "/" + name; }

lsmp_guard_config guardConfig() {
  lsmp_guard_config config{};
  struct stat folder {};
  if (stat(LSMP_PIN_ROOT, &folder)) throw refused(LSMP_PIN_ROOT);
  config.device = uint64_t{major(folder.st_dev)} << 20 | minor(folder.st_dev);
  config.inode = folder.st_ino;
  nameProgram(config);
  nameMounts(config, folder);
  return config;
}

std::string programIn(const lsmp_guard_config& config) {
  std::string path;
  for (uint32_t i = std::min<uint32_t>(config.names, LSMP_GUARD_NAMES); i-- > 0;)
    path += "/" + std::string(config.name[i], strnlen(config.name[i], LSMP_GUARD_NAME));
  return path;
}

std::vector<std::string> guardHooks() {
  Guard guard = opened();
  std::vector<std::string> hooks;
  bpf_program* program;
  bpf_object__for_each_program(program, guard.object.get()) hooks.push_back(hookOf(program));
  return hooks;
}

uint32_t mapId(int map) {
  bpf_map_info info{};
  uint32_t size = sizeof info;
  if (bpf_obj_get_info_by_fd(map, &info, &size)) throw refused("a map");
  return info.id;
}

void listMaps(int list, const std::set<uint32_t>& maps) {
  const uint32_t present = 1;
  for (uint32_t id : maps)
    if (bpf_map_update_elem(list, &id, &present, BPF_ANY)) throw refused("its list of maps");
}

void attachGuard(const std::set<uint32_t>& maps) {
  Guard guard = loaded(guardConfig());
  int list = guard.map(LSMP_GUARD_MAP_IDS);
  listMaps(list, maps);
  listMaps(list, {mapId(list), mapId(guard.map(LSMP_GUARD_COUNTS))});
  attach(guard);
  prove(guard);
  try {
    pinAll(guard);
  } catch (...) {
    guard.links.clear();
    removeGuard();
    throw;
  }
}

// `counts` first: without it the rest is what a killed loader left.
void removeGuard() {
  removeFile(guardPin("counts"), guardFolder());
  unpinFolder(guardFolder(), guardFolder());
}

}  // namespace lsmpc::runtime
