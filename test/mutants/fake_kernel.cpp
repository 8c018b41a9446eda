#include "test/mutants/fake_kernel.h"

#include <bpf/libbpf.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

namespace lsmpc::mutants {
namespace {

namespace fs = std::filesystem;

enum class Kind { Map, Program, Types, Link };

struct Object {
  Kind kind = Kind::Map;
  uint32_t id = 0;
  int held = -1;  // the model's own descriptor
  // Of a map.
  uint32_t type = 0, key_size = 0, value_size = 0, max_entries = 0, flags = 0;
  bool frozen = false;
  std::map<std::string, std::string> elements;  // arrays keep theirs in the memfd
  // Of a program; a link has its program's hook.
  uint32_t program = 0, hook = 0;
};

constexpr const char* kIterator = "bpf_iter_task";  // the files leave out what no policy's hook is
constexpr int kFirstHeld = 400;
constexpr uint64_t kMostBytes = 1u << 30;
constexpr uint32_t kMostInstructions = 1000000;

std::string kernel_bytes;
btf* kernel_types = nullptr;
Asked seen;
std::vector<Program> given;
std::map<ino_t, Object> objects;
std::map<std::string, ino_t> pins;

[[nodiscard]] long fail(int error) {
  errno = error;
  return -1;
}

ino_t inodeOf(int fd) {
  struct stat status {};
  return fstat(fd, &status) ? 0 : status.st_ino;
}

Object* objectOf(int fd, Kind kind) {
  auto found = objects.find(inodeOf(fd));
  return found == objects.end() || found->second.kind != kind ? nullptr : &found->second;
}

Object* objectAt(const std::string& path) {
  auto pin = pins.find(path);
  if (pin == pins.end() || !fs::exists(path)) return nullptr;
  return &objects.at(pin->second);
}

long open(const Object& object) { return fcntl(object.held, F_DUPFD_CLOEXEC, 3); }

long make(Object object, uint64_t bytes) {
  int fd = memfd_create("bpf", MFD_CLOEXEC);
  if (fd < 0 || ftruncate(fd, static_cast<off_t>(bytes))) return fail(ENOMEM);
  object.held = fcntl(fd, F_DUPFD_CLOEXEC, kFirstHeld);
  object.id = static_cast<uint32_t>(objects.size()) + 1;
  objects[inodeOf(fd)] = std::move(object);
  return fd;
}

// Reads all of it, as the kernel would.
std::string copyIn(uint64_t address, size_t size) {
  std::string bytes(size, '\0');
  if (size) memcpy(bytes.data(), reinterpret_cast<const void*>(address), size);
  return bytes;
}

bool isArray(const Object& map) { return map.type == BPF_MAP_TYPE_ARRAY || map.type == BPF_MAP_TYPE_ARRAY_OF_MAPS; }
bool isPerCpu(const Object& map) { return map.type == BPF_MAP_TYPE_PERCPU_ARRAY || map.type == BPF_MAP_TYPE_PERCPU_HASH; }
bool isStorage(const Object& map) { return map.type == BPF_MAP_TYPE_TASK_STORAGE || map.type == BPF_MAP_TYPE_INODE_STORAGE; }
size_t stride(const Object& map) { return (size_t{map.value_size} + 7) / 8 * 8; }

bool canBe(const Object& map) {
  if (map.type == BPF_MAP_TYPE_UNSPEC || map.type > BPF_MAP_TYPE_USER_RINGBUF) return false;
  if (map.type == BPF_MAP_TYPE_RINGBUF)
    return !map.key_size && !map.value_size && map.max_entries % 4096 == 0 && map.max_entries && !(map.max_entries & (map.max_entries - 1));
  if (isStorage(map)) return map.key_size == 4 && map.value_size && !map.max_entries && map.flags & BPF_F_NO_PREALLOC;
  bool numbered = isArray(map) || map.type == BPF_MAP_TYPE_PERCPU_ARRAY;
  return (numbered ? map.key_size == 4 : map.key_size != 0) && map.value_size && map.max_entries && map.key_size <= 512;
}

bool isName(const char* name) {
  size_t length = strnlen(name, BPF_OBJ_NAME_LEN);
  for (size_t i = 0; i < length; ++i)
    if (!isalnum(static_cast<unsigned char>(name[i])) && name[i] != '_' && name[i] != '.') return false;
  return length < BPF_OBJ_NAME_LEN;
}

long makeMap(const bpf_attr& attr) {
  bool ours = strncmp(attr.map_name, "libbpf", 6) && attr.map_name[0];
  seen.maps += ours;
  Object map{.kind = Kind::Map,
             .type = attr.map_type,
             .key_size = attr.key_size,
             .value_size = attr.value_size,
             .max_entries = attr.max_entries,
             .flags = attr.map_flags};
  if (!canBe(map) || !isName(attr.map_name)) return fail(EINVAL);
  if (map.type == BPF_MAP_TYPE_ARRAY_OF_MAPS && !objectOf(static_cast<int>(attr.inner_map_fd), Kind::Map)) return fail(EBADF);
  if (isStorage(map) && !objectOf(static_cast<int>(attr.btf_fd), Kind::Types)) return fail(EINVAL);
  uint64_t bytes = isArray(map) ? uint64_t{stride(map)} * map.max_entries : 0;
  if (map.type == BPF_MAP_TYPE_RINGBUF) bytes = 2 * 4096 + 2 * uint64_t{map.max_entries};
  if (uint64_t{stride(map)} * map.max_entries > kMostBytes || bytes > kMostBytes) return fail(ENOMEM);
  return make(std::move(map), (bytes + 4095) / 4096 * 4096);
}

uint32_t indexOf(const bpf_attr& attr) {
  uint32_t index;
  memcpy(&index, reinterpret_cast<const void*>(attr.key), sizeof index);
  return index;
}

long look(const bpf_attr& attr) {
  Object* map = objectOf(static_cast<int>(attr.map_fd), Kind::Map);
  if (!map) return fail(EBADF);
  auto* to = reinterpret_cast<char*>(attr.value);
  if (isArray(*map)) {
    uint32_t index = indexOf(attr);
    if (index >= map->max_entries) return fail(ENOENT);
    return pread(map->held, to, map->value_size, static_cast<off_t>(index * stride(*map))) < 0 ? -1 : 0;
  }
  size_t size = isPerCpu(*map) ? stride(*map) * static_cast<size_t>(libbpf_num_possible_cpus()) : map->value_size;
  auto found = map->elements.find(copyIn(attr.key, map->key_size));
  if (found == map->elements.end() && map->type != BPF_MAP_TYPE_PERCPU_ARRAY) return fail(ENOENT);
  std::string value = found == map->elements.end() ? std::string(size, '\0') : found->second;
  memcpy(to, value.data(), size);
  return 0;
}

long updateArray(Object& map, const bpf_attr& attr) {
  uint32_t index = indexOf(attr);
  if (index >= map.max_entries) return fail(E2BIG);
  std::string value = copyIn(attr.value, map.value_size);
  if (map.type == BPF_MAP_TYPE_ARRAY_OF_MAPS) {
    int fd;
    memcpy(&fd, value.data(), sizeof fd);
    Object* inner = objectOf(fd, Kind::Map);
    if (!inner) return fail(EBADF);
    memcpy(value.data(), &inner->id, sizeof inner->id);
  }
  return pwrite(map.held, value.data(), value.size(), static_cast<off_t>(index * stride(map))) < 0 ? -1 : 0;
}

long update(const bpf_attr& attr) {
  Object* map = objectOf(static_cast<int>(attr.map_fd), Kind::Map);
  if (!map) return fail(EBADF);
  if (map->frozen) return fail(EPERM);
  if (isArray(*map)) return updateArray(*map, attr);
  size_t size = isPerCpu(*map) ? stride(*map) * static_cast<size_t>(libbpf_num_possible_cpus()) : map->value_size;
  std::string key = copyIn(attr.key, map->key_size), value = copyIn(attr.value, size);
  bool there = map->elements.count(key) != 0;
  if (attr.flags == BPF_NOEXIST && there) return fail(EEXIST);
  if (attr.flags == BPF_EXIST && !there) return fail(ENOENT);
  if (!there && map->elements.size() >= map->max_entries) return fail(E2BIG);
  map->elements[key] = value;
  return 0;
}

long next(const bpf_attr& attr) {
  Object* map = objectOf(static_cast<int>(attr.map_fd), Kind::Map);
  if (!map) return fail(EBADF);
  auto it = attr.key ? map->elements.upper_bound(copyIn(attr.key, map->key_size)) : map->elements.begin();
  if (it == map->elements.end()) return fail(ENOENT);
  memcpy(reinterpret_cast<void*>(attr.next_key), it->first.data(), it->first.size());
  return 0;
}

long freeze(const bpf_attr& attr) {
  Object* map = objectOf(static_cast<int>(attr.map_fd), Kind::Map);
  if (!map) return fail(EBADF);
  map->frozen = true;
  return 0;
}

bool namesMaps(const std::string& code) {
  for (size_t at = 0; at < code.size(); at += sizeof(bpf_insn)) {
    bpf_insn one;
    memcpy(&one, code.data() + at, sizeof one);
    bool map = one.code == (BPF_LD | BPF_DW | BPF_IMM) && (one.src_reg == BPF_PSEUDO_MAP_FD || one.src_reg == BPF_PSEUDO_MAP_VALUE);
    if (map && !objectOf(one.imm, Kind::Map)) return false;
  }
  return true;
}

bool isHook(uint32_t id) {
  const btf_type* type = btf__type_by_id(kernel_types, id);
  return type && btf_is_func(type) && !strncmp(btf__name_by_offset(kernel_types, type->name_off), "bpf_lsm_", 8);
}

void keep(const bpf_attr& attr, const std::string& code) {
  Program program{.code = std::vector<bpf_insn>(attr.insn_cnt)};
  memcpy(program.code.data(), code.data(), code.size());
  for (uint32_t i = 0; i < attr.func_info_cnt; ++i) {
    bpf_func_info function;
    memcpy(&function, reinterpret_cast<const char*>(attr.func_info) + size_t{i} * attr.func_info_rec_size, sizeof function);
    program.functions.push_back({function.insn_off, function.type_id});
  }
  given.push_back(std::move(program));
}

long loadProgram(const bpf_attr& attr) {
  bool lsm = attr.prog_type == BPF_PROG_TYPE_LSM, ours = lsm || attr.expected_attach_type == BPF_TRACE_ITER;
  seen.programs += ours;
  if (!attr.insn_cnt || attr.insn_cnt > kMostInstructions) return fail(E2BIG);
  std::string code = copyIn(attr.insns, attr.insn_cnt * sizeof(bpf_insn));
  copyIn(attr.func_info, size_t{attr.func_info_cnt} * attr.func_info_rec_size);
  copyIn(attr.line_info, size_t{attr.line_info_cnt} * attr.line_info_rec_size);
  copyIn(attr.license, strlen(reinterpret_cast<const char*>(attr.license)));
  if (!namesMaps(code)) return fail(EBADF);
  if (lsm && !isHook(attr.attach_btf_id)) return fail(EINVAL);
  if (ours) keep(attr, code);
  return make({.kind = Kind::Program, .type = attr.prog_type, .hook = lsm ? attr.attach_btf_id : 0}, 0);
}

long loadTypes(const bpf_attr& attr) {
  std::string bytes = copyIn(attr.btf, attr.btf_size);
  return make({.kind = Kind::Types}, 0);
}

long attach(int program_fd) {
  Object* program = objectOf(program_fd, Kind::Program);
  if (!program) return fail(EBADF);
  ++seen.attachments;
  return make({.kind = Kind::Link, .program = program->id, .hook = program->hook}, 0);
}

long iterate(const bpf_attr& attr) {
  if (!objectOf(static_cast<int>(attr.iter_create.link_fd), Kind::Link)) return fail(EBADF);
  return memfd_create("tasks", MFD_CLOEXEC);  // there are none
}

template <class Info>
long tell(const bpf_attr& attr, const Info& info) {
  memcpy(reinterpret_cast<void*>(attr.info.info), &info, std::min<size_t>(attr.info.info_len, sizeof info));
  return 0;
}

long describe(const bpf_attr& attr) {
  auto found = objects.find(inodeOf(static_cast<int>(attr.info.bpf_fd)));
  if (found == objects.end()) return fail(EINVAL);
  const Object& object = found->second;
  bpf_map_info map{.type = object.type,
                   .id = object.id,
                   .key_size = object.key_size,
                   .value_size = object.value_size,
                   .max_entries = object.max_entries,
                   .map_flags = object.flags};
  bpf_prog_info program{.type = object.type, .id = object.id};
  bpf_link_info link{.type = BPF_LINK_TYPE_TRACING, .id = object.id, .prog_id = object.program};
  link.tracing.attach_type = object.hook ? BPF_LSM_MAC : BPF_TRACE_ITER;
  if (object.kind == Kind::Map) return tell(attr, map);
  if (object.kind == Kind::Program) return tell(attr, program);
  if (object.kind == Kind::Link) return tell(attr, link);
  return fail(EINVAL);
}

std::string pathOf(const bpf_attr& attr) { return reinterpret_cast<const char*>(attr.pathname); }

long pin(const bpf_attr& attr) {
  std::string path = pathOf(attr);
  ino_t inode = inodeOf(static_cast<int>(attr.bpf_fd));
  if (!objects.count(inode)) return fail(EINVAL);
  int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) return -1;
  close(file);
  pins[path] = inode;
  return 0;
}

long unpin(const bpf_attr& attr) {
  Object* object = objectAt(pathOf(attr));
  return object ? open(*object) : fail(ENOENT);
}

// Of the inodes that descriptors other than the model's show.
std::map<ino_t, bool> opened() {
  std::map<ino_t, bool> found;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd"))
    if (int fd = std::stoi(entry.path().filename()); fd < kFirstHeld) found[inodeOf(fd)] = true;
  return found;
}

bool isKept(ino_t inode, const std::map<ino_t, bool>& open) {
  if (open.count(inode)) return true;
  for (const auto& [path, at] : pins)
    if (at == inode && fs::exists(path)) return true;
  return false;
}

// A link keeps its program.
bool isThere(const std::pair<const ino_t, Object>& one, const std::map<ino_t, bool>& open) {
  if (isKept(one.first, open)) return true;
  for (const auto& [inode, object] : objects)
    if (one.second.kind == Kind::Program && object.kind == Kind::Link && object.program == one.second.id && isKept(inode, open))
      return true;
  return false;
}

long byNumber(uint32_t id, Kind kind) {
  std::map<ino_t, bool> open = opened();
  for (const auto& one : objects)
    if (one.second.id == id && one.second.kind == kind)
      return kind == Kind::Map || isThere(one, open) ? mutants::open(one.second) : fail(ENOENT);
  return fail(ENOENT);
}

std::string hookOf(const Object& link) {
  return btf__name_by_offset(kernel_types, btf__type_by_id(kernel_types, link.hook)->name_off) + strlen("bpf_lsm_");
}

long answer(int command, const bpf_attr& attr) {
  switch (command) {
    case BPF_MAP_CREATE: return makeMap(attr);
    case BPF_MAP_LOOKUP_ELEM: return look(attr);
    case BPF_MAP_UPDATE_ELEM: return update(attr);
    case BPF_MAP_GET_NEXT_KEY: return next(attr);
    case BPF_MAP_FREEZE: return freeze(attr);
    case BPF_PROG_LOAD: return loadProgram(attr);
    case BPF_BTF_LOAD: return loadTypes(attr);
    case BPF_RAW_TRACEPOINT_OPEN: return attach(static_cast<int>(attr.raw_tracepoint.prog_fd));
    case BPF_LINK_CREATE: return attach(static_cast<int>(attr.link_create.prog_fd));
    case BPF_ITER_CREATE: return iterate(attr);
    case BPF_OBJ_GET_INFO_BY_FD: return describe(attr);
    case BPF_OBJ_PIN: return pin(attr);
    case BPF_OBJ_GET: return unpin(attr);
    case BPF_MAP_GET_FD_BY_ID: return byNumber(attr.map_id, Kind::Map);
    case BPF_PROG_GET_FD_BY_ID: return byNumber(attr.prog_id, Kind::Program);
    case BPF_LINK_GET_FD_BY_ID: return byNumber(attr.link_id, Kind::Link);
    default: return fail(EINVAL);
  }
}

}  // namespace

void playKernel(const std::string& types) {
  std::ifstream in(types, std::ios::binary);
  kernel_bytes.assign(std::istreambuf_iterator<char>(in), {});
  kernel_types = copyOfTypes();
  if (!kernel_types) throw std::runtime_error("`" + types + "` has no kernel's types");
  if (btf__find_by_name_kind(kernel_types, kIterator, BTF_KIND_FUNC) < 0)
    btf__add_func(kernel_types, kIterator, BTF_FUNC_GLOBAL, static_cast<uint32_t>(btf__add_func_proto(kernel_types, 0)));
  uint32_t size = 0;
  const void* raw = btf__raw_data(kernel_types, &size);
  kernel_bytes.assign(static_cast<const char*>(raw), size);
}

btf* copyOfTypes() { return btf__new(kernel_bytes.data(), static_cast<uint32_t>(kernel_bytes.size())); }

const Asked& asked() { return seen; }

void forgetAsked() { seen = {}; }

const std::vector<Program>& programs() { return given; }

void forgetPrograms() { given.clear(); }

std::vector<std::string> attachedHooks() {
  std::map<ino_t, bool> open = opened();
  std::vector<std::string> hooks;
  for (const auto& one : objects)
    if (one.second.kind == Kind::Link && one.second.hook && isKept(one.first, open)) hooks.push_back(hookOf(one.second));
  return hooks;
}

std::string hookAt(const std::string& pin) {
  Object* link = objectAt(pin);
  return link && link->kind == Kind::Link && link->hook ? hookOf(*link) : "";
}

long answerBpf(int command, const void* attr, size_t size) {
  bpf_attr whole{};
  memcpy(&whole, attr, std::min(size, sizeof whole));
  return answer(command, whole);
}

}  // namespace lsmpc::mutants
