#include "compiler/simulate/helpers.h"

#include <cerrno>
#include <unordered_map>

namespace lsmpc::simulate {
namespace {

constexpr uint64_t kNanosecondsPerJiffy = 4'000'000;  // CONFIG_HZ 250, as distributions have it
constexpr const char* kNoMemory = "a helper is given memory that is not there";
constexpr size_t kCommBytes = 16;  // TASK_COMM_LEN

uint64_t failed(int error) { return static_cast<uint64_t>(-int64_t{error}); }

// A map by its handle; the fault where it is none.
Map* mapOf(Call& call) {
  Map* map = call.maps.byHandle(call.arguments[0]);
  if (!map) call.fault = "a helper is given no map";
  return map;
}

bool bytesAt(Call& call, Address address, size_t size, std::string& bytes) {
  bytes.resize(size);
  if (call.memory.read(address, bytes.data(), size)) return true;
  call.fault = kNoMemory;
  return false;
}

void give(Call& call, Address to, const std::string& bytes) {
  if (!call.memory.write(to, bytes.data(), bytes.size())) call.fault = kNoMemory;
}

uint64_t map_lookup_elem(Call& call) {
  std::string key;
  Map* map = mapOf(call);
  return map && bytesAt(call, call.arguments[1], map->shape().key_size, key) ? map->find(key) : 0;
}

uint64_t map_update_elem(Call& call) {
  std::string key, value;
  Map* map = mapOf(call);
  if (!map || !bytesAt(call, call.arguments[1], map->shape().key_size, key) ||
      !bytesAt(call, call.arguments[2], map->shape().value_size, value))
    return 0;
  return static_cast<uint64_t>(map->put(key, value, call.arguments[3]));
}

uint64_t map_delete_elem(Call& call) {
  std::string key;
  Map* map = mapOf(call);
  return map && bytesAt(call, call.arguments[1], map->shape().key_size, key) ? static_cast<uint64_t>(map->remove(key)) : 0;
}

uint64_t get_smp_processor_id(Call&) { return 0; }
uint64_t get_current_pid_tgid(Call& call) { return uint64_t{call.acting.pid} << 32 | call.acting.tid; }
uint64_t get_current_uid_gid(Call& call) { return uint64_t{call.acting.gid} << 32 | call.acting.uid; }
uint64_t get_current_task(Call& call) { return call.acting.task; }
uint64_t get_current_task_btf(Call& call) { return call.acting.task; }
uint64_t get_current_cgroup_id(Call& call) { return call.acting.cgroup; }
uint64_t ktime_get_boot_ns(Call& call) { return call.acting.boot_ns; }
uint64_t jiffies64(Call& call) { return call.acting.boot_ns / kNanosecondsPerJiffy; }

uint64_t get_current_comm(Call& call) {
  std::string comm = call.acting.comm.substr(0, kCommBytes - 1);
  comm.resize(call.arguments[1]);
  give(call, call.arguments[0], comm);
  return 0;
}

uint64_t send_signal(Call& call) {
  call.acting.signal = static_cast<int>(call.arguments[0]);
  return 0;
}

// What cannot be read leaves zeros.
uint64_t probe_read_kernel(Call& call) {
  std::string bytes(static_cast<uint32_t>(call.arguments[1]), '\0');
  bool read = call.memory.read(call.arguments[2], bytes.data(), bytes.size());
  if (!read && !bytes.empty()) bytes.assign(bytes.size(), '\0');
  give(call, call.arguments[0], bytes);
  return read || bytes.empty() ? 0 : failed(EFAULT);
}

// The length with the NUL; what does not fit is cut off, and ends with one.
uint64_t probe_read_kernel_str(Call& call) {
  uint32_t size = static_cast<uint32_t>(call.arguments[1]);
  std::string text;
  bool read = size && call.memory.readText(call.arguments[2], size, text);
  if (!read) text.clear();
  if (text.size() == size && size) text.pop_back();
  std::string bytes = text;
  bytes.resize(read ? text.size() + 1 : size);
  give(call, call.arguments[0], bytes);
  return read ? text.size() + 1 : failed(EFAULT);
}

uint64_t seq_write(Call&) { return 0; }

uint64_t ringbuf_output(Call& call) {
  std::string bytes;
  Map* map = mapOf(call);
  if (!map || !bytesAt(call, call.arguments[1], call.arguments[2], bytes)) return 0;
  map->records().push_back(std::move(bytes));
  return 0;
}

uint64_t task_storage_get(Call& call) {
  Map* map = mapOf(call);
  if (!map || !call.arguments[1]) return 0;
  return map->ofTask(call.arguments[1], call.arguments[3] & BPF_LOCAL_STORAGE_GET_F_CREATE);
}

}  // namespace

Helper helperOf(int32_t number) {
  static const std::unordered_map<int32_t, Helper> kHelpers = {
#define LSMPC_HELPER(name) {BPF_FUNC_##name, name},
#include "compiler/simulate/helpers.def"
  };
  auto helper = kHelpers.find(number);
  return helper == kHelpers.end() ? nullptr : helper->second;
}

}  // namespace lsmpc::simulate
