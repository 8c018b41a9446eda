#include "runtime/object.h"

#include <bpf/libbpf.h>
#include <sys/utsname.h>

#include <cerrno>
#include <cstdarg>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "runtime/abi/layout.h"
#include "runtime/digest.h"
#include "runtime/elf_image.h"
#include "runtime/hits.h"
#include "runtime/manifest_text.h"
#include "runtime/message.h"
#include "runtime/object_data.h"
#include "runtime/object_types.h"
#include "runtime/refusal.h"
#include "runtime/trackers.h"

namespace lsmpc::runtime {
namespace {

std::string library_log;

int keepLog(libbpf_print_level level, const char* format, va_list arguments) {
  if (level != LIBBPF_WARN) return 0;
  va_list again;
  va_copy(again, arguments);
  int length = vsnprintf(nullptr, 0, format, again);
  va_end(again);
  if (length <= 0) return 0;
  size_t before = library_log.size();
  library_log.resize(before + static_cast<size_t>(length) + 1);
  vsnprintf(library_log.data() + before, static_cast<size_t>(length) + 1, format, arguments);
  library_log.pop_back();
  return length;
}

std::string readWhole(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Failure(Message::FileUnreadable, {path, errorText(errno)});
  std::ostringstream out;
  errno = 0;
  if (!(out << in.rdbuf())) throw Failure(Message::FileUnreadable, {path, errno ? errorText(errno) : "it is empty or no file"});
  return out.str();
}

// Programs and the manifest name each other: an extra program would be loaded unseen, a missing one would leave rules out.
void checkPrograms(const PolicyObject& object) {
  size_t matched = 0;
  bpf_program* program;
  bpf_object__for_each_program(program, object.handle.get()) {
    std::string name = bpf_program__name(program);
    std::string section = bpf_program__section_name(program);
    bool known = false;
    for (const ManifestHook& hook : object.manifest.hooks) known |= hook.program == name && section == "lsm/" + hook.name;
    if (isTracker(name, section)) continue;
    if (!known)
      throw Failure(Message::ProgramMismatch, {object.path, "program `" + name + "` in section `" + section + "` is not in its manifest"});
    ++matched;
  }
  if (matched != object.manifest.hooks.size())
    throw Failure(Message::ProgramMismatch, {object.path, "its manifest names programs that are not there"});
}

// What the loader reads and pins has to be there. A map of the kernel's operations that was declared like any other has none in libbpf 1.1, which looks for their
// names all the same.
void checkMaps(const PolicyObject& object) {
  bpf_map* map;
  bpf_object__for_each_map(map, object.handle.get()) {
    if (bpf_map__type(map) == BPF_MAP_TYPE_STRUCT_OPS)
      throw Failure(Message::ProgramMismatch,
                    {object.path, "its map `" + std::string(bpf_map__name(map)) + "` is of a type that no policy's is"});
  }
  for (const char* name : {LSMP_MAP_EVENTS, LSMP_MAP_COUNTERS})
    if (!bpf_object__find_map_by_name(object.handle.get(), name))
      throw Failure(Message::ProgramMismatch, {object.path, "it has no map `" + std::string(name) + "`"});
  if (!hitsFit(object.handle.get(), object.manifest.rules.size()))
    throw Failure(Message::ProgramMismatch, {object.path, "its map `" LSMP_MAP_HITS "` has no place for each of its rules"});
}

// The configuration in the object's data, of this ABI.
Variable findConfig(const PolicyObject& object, const std::string& image) {
  auto found = findVariable(object.handle.get(), image, LSMP_CONFIG_SYMBOL, sizeof(lsmp_config));
  if (!found) throw Failure(Message::NoConfig, {object.path});
  lsmp_config config;
  memcpy(&config, found->bytes.data() + found->offset, sizeof config);
  if (config.abi != LSMP_ABI_VERSION)
    throw Failure(Message::OtherAbi, {object.path, std::to_string(config.abi), std::to_string(LSMP_ABI_VERSION)});
  return std::move(*found);
}

void setAudit(const PolicyObject& object, Variable config) {
  const uint32_t on = LSMP_EVENT_AUDIT_MODE;
  memcpy(config.bytes.data() + config.offset + offsetof(lsmp_config, audit), &on, sizeof on);
  if (int error = store(config)) throw Failure(Message::LoadFailed, {object.path, errorText(error)});
}

}  // namespace

void ObjectClose::operator()(bpf_object* object) const { bpf_object__close(object); }

std::string takeLibraryLog() { return std::exchange(library_log, {}); }

Manifest manifestOf(const std::string& image, const std::string& path) {
  std::string reason;
  if (!isBpfElf(image, reason)) throw Failure(Message::NotAnObject, {path, reason});
  auto text = sectionBytes(image, LSMP_MANIFEST_SECTION);
  if (!text || text->empty()) throw Failure(Message::NoManifest, {path});
  return parseManifest(unpackManifest(std::move(*text), path), path);
}

namespace {

void checkFitsHost(const PolicyObject& object) {
  utsname names{};
  uname(&names);
  if (object.manifest.arch != names.machine) throw Failure(Message::OtherArch, {object.path, object.manifest.arch, names.machine});
}

void checkNeeds(const PolicyObject& object) {
  for (const std::string& need : object.manifest.needs)
    if (need != LSMP_NEED_MAPS && need != LSMP_NEED_FACTS) throw Failure(Message::NeedsUnknown, {object.path, need});
}

PolicyObject openImage(const std::string& image, const std::string& path) {
  libbpf_set_print(keepLog);
  PolicyObject object{path, manifestOf(image, path), sha256(image), nullptr, {}, {}, {}};
  checkNeeds(object);
  if (std::string fault = faultOfTypes(sectionBytes(image, ".BTF").value_or("")); !fault.empty())
    throw Failure(Message::NotAnObject, {path, fault});
  LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = object.manifest.name.c_str());
  object.handle.reset(bpf_object__open_mem(image.data(), image.size(), &options));
  int error = errno;
  std::string log = takeLibraryLog();
  if (!object.handle && isHosts(error)) throw Failure(Message::HostRefuses, {path, "opening it", errorText(error)}, log);
  if (!object.handle) {
    while (!log.empty() && log.back() == '\n') log.pop_back();
    throw Failure(Message::NotAnObject, {path, log.empty() ? errorText(error) : log});
  }
  checkPrograms(object);
  checkMaps(object);
  findConfig(object, image);
  return object;
}

std::string imageOf(const ObjectFile& file) { return file.bytes.empty() ? readWhole(file.path) : file.bytes; }

}  // namespace

PolicyObject openWhole(const ObjectFile& file) { return openImage(imageOf(file), file.path); }

PolicyObject openObject(const ObjectFile& file, bool audit) {
  const std::string& path = file.path;
  std::string image = imageOf(file);
  PolicyObject object = openImage(image, path);
  checkFitsHost(object);
  Variable config = findConfig(object, image);
  if (audit || object.manifest.mode == "audit") setAudit(object, std::move(config));
  object.filled = fillIn(object.handle.get(), image, object.manifest, path);
  object.first = takeOnSets(object.handle.get(), image, object.manifest, path);
  object.followed = findVariable(object.handle.get(), image, LSMP_FOLLOWED_SYMBOL, sizeof(lsmp_followed));
  return object;
}

std::vector<std::string> indexedObjects(const std::string& folder) {
  std::string path = folder + "/index.json";
  std::ifstream in(path);
  if (!in) throw Failure(Message::NoIndex, {path, "is not there"});
  auto index = nlohmann::json::parse(in, nullptr, false);
  bool usable = index.is_object() && index.value("schema", nlohmann::json()) == "lsmp-index" &&
                index.value("version", nlohmann::json()) == 1 && index.contains("objects") && index["objects"].is_array();
  if (!usable) throw Failure(Message::NoIndex, {path, "is not an index of this release"});
  std::vector<std::string> objects;
  for (const auto& name : index["objects"]) {
    if (!name.is_string()) throw Failure(Message::NoIndex, {path, "names something that is no file"});
    objects.push_back(folder + "/" + name.get<std::string>());
  }
  if (objects.empty()) throw Failure(Message::NoIndex, {path, "names no object"});
  return objects;
}

}  // namespace lsmpc::runtime
