#include "runtime/gate.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "runtime/message.h"
#include "runtime/preflight.h"
#include "runtime/prologue.h"
#include "runtime/trackers.h"

namespace lsmpc::runtime {
namespace {

constexpr uint32_t kKey = 0;
constexpr const char* kLsmSection = "lsm/";

// What the programs of one load get. libbpf hands a callback no context of its own.
struct Loading {
  const std::vector<GatedProgram>* programs = nullptr;
  PrologueMaps maps;
  uint64_t generation = 0;
  std::vector<std::string> records;  // func_info and line_info with moved offsets: libbpf reads them until the load ends
};
Loading* current = nullptr;

// Both kinds of record begin with an instruction's offset. The first is the program's start and stays there.
const void* moved(const void* records, uint32_t count, uint32_t size, size_t by) {
  if (!records || !count) return records;
  std::string copy(static_cast<const char*>(records), size_t{count} * size);
  for (uint32_t i = 1; i < count; ++i) {
    uint32_t offset;
    memcpy(&offset, copy.data() + size_t{i} * size, sizeof offset);
    offset += static_cast<uint32_t>(by);
    memcpy(copy.data() + size_t{i} * size, &offset, sizeof offset);
  }
  current->records.push_back(std::move(copy));
  return current->records.back().data();
}

int prepareProgram(bpf_program* program, bpf_prog_load_opts* options, long) {
  std::string hook = bpf_program__section_name(program) + strlen(kLsmSection);
  int id = btf__find_by_name_kind(&kernelTypes(), ("bpf_lsm_" + hook).c_str(), BTF_KIND_FUNC);
  if (id <= 0) return -ESRCH;
  options->attach_btf_id = static_cast<uint32_t>(id);
  if (!current || isTracker(bpf_program__name(program), bpf_program__section_name(program))) return 0;
  auto found = std::find_if(current->programs->begin(), current->programs->end(),
                            [&](const GatedProgram& one) { return one.name == bpf_program__name(program); });
  if (found == current->programs->end()) return -ENOENT;
  size_t slot = static_cast<size_t>(found - current->programs->begin()), programs = current->programs->size();
  std::vector<bpf_insn> code = prologue(current->maps, {current->generation, calledWord(slot), heirWord(slot, programs), found->has_older});
  size_t before = code.size();
  const bpf_insn* own = bpf_program__insns(program);
  code.insert(code.end(), own, own + bpf_program__insn_cnt(program));
  options->func_info = moved(options->func_info, options->func_info_cnt, options->func_info_rec_size, before);
  options->line_info = moved(options->line_info, options->line_info_cnt, options->line_info_rec_size, before);
  return bpf_program__set_insns(program, code.data(), code.size());
}

// The map's value: how many words it has is its own affair.
bool readValue(int map, std::vector<uint64_t>& value) {
  bpf_map_info info{};
  uint32_t size = sizeof info;
  if (bpf_obj_get_info_by_fd(map, &info, &size)) return false;
  if (info.type != BPF_MAP_TYPE_ARRAY || info.value_size < sizeof(uint64_t)) return false;
  value.resize((info.value_size + 7) / 8);
  return !bpf_map_lookup_elem(map, &kKey, value.data());
}

}  // namespace

void registerGate() {
  static const int registered = [] {
    LIBBPF_OPTS(libbpf_prog_handler_opts, options, .prog_prepare_load_fn = prepareProgram);
    return libbpf_register_prog_handler(kLsmSection, BPF_PROG_TYPE_LSM, BPF_LSM_MAC, &options);
  }();
  if (registered < 0) throw Failure(Message::OurFault, {"libbpf takes no handler: " + errorText(registered)});
}

Gate::Gate(std::vector<GatedProgram> programs, const Turn& turn, uint64_t generation, const std::string& path)
    : programs_(std::move(programs)),
      turn_(turn.map()),
      generation_(generation) {
  auto size = static_cast<uint32_t>(sizeof(uint64_t) * (1 + 2 * programs_.size()));
  map_ = Descriptor(bpf_map_create(BPF_MAP_TYPE_ARRAY, "lsmp_gate", sizeof kKey, size, 1, nullptr));
  if (!map_) throw Failure(Message::HostRefuses, {path, "making a map for its rehearsal", errorText(errno)});
}

int Gate::load(bpf_object* object) {
  Loading loading{&programs_, {turn_, map_.get()}, generation_, {}};
  // Moving a short string would move its bytes: libbpf has pointers to them.
  loading.records.reserve(2 * programs_.size());
  current = &loading;
  int error = bpf_object__load(object);
  current = nullptr;
  return error;
}

std::vector<bool> Gate::called() const {
  std::vector<uint64_t> value;
  std::vector<bool> result(programs_.size());
  if (!readValue(map_.get(), value)) return result;
  for (size_t i = 0; i < result.size(); ++i) result[i] = value[calledWord(i)] != 0;
  return result;
}

bool readGate(int map, uint64_t& word) {
  std::vector<uint64_t> value;
  if (!readValue(map, value)) return false;
  word = value.front();
  return true;
}

// The kernel may copy a value byte by byte; what a program sees meanwhile is no more open than before or after.
bool setGate(int map, uint64_t word) {
  std::vector<uint64_t> value;
  if (!readValue(map, value)) return false;
  value.front() = word;
  return !bpf_map_update_elem(map, &kKey, value.data(), BPF_ANY);
}

bool setHeirs(int map, std::vector<bool> shared, uint64_t heir) {
  std::vector<uint64_t> value;
  if (!readValue(map, value)) return false;
  size_t programs = (value.size() - 1) / 2;
  if (shared.empty()) shared.assign(programs, true);
  if (shared.size() != programs) return false;
  for (size_t i = 0; i < programs; ++i) value[heirWord(i, programs)] = shared[i] ? heir : 0;
  return !bpf_map_update_elem(map, &kKey, value.data(), BPF_ANY);
}

}  // namespace lsmpc::runtime
