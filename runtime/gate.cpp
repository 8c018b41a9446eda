#include "runtime/gate.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "runtime/message.h"
#include "runtime/preflight.h"
#include "runtime/trackers.h"

namespace lsmpc::runtime {
namespace {

constexpr uint32_t kKey = 0;
constexpr size_t kPrologue = 17;
constexpr const char* kLsmSection = "lsm/";

// What the programs of one load get. libbpf hands a callback no context of its own.
struct Loading {
  const std::vector<std::string>* programs = nullptr;
  int gate = -1;
  std::vector<std::string> records;  // func_info and line_info with moved offsets: libbpf reads them until the load ends
};
Loading* current = nullptr;

bpf_insn instruction(uint8_t code, uint8_t to, uint8_t from, int16_t offset, int32_t value) {
  bpf_insn made{};
  made.code = code;
  made.dst_reg = to;
  made.src_reg = from;
  made.off = offset;
  made.imm = value;
  return made;
}

// r0 = address of byte `at` of the gate's value.
void addAddress(std::vector<bpf_insn>& code, int gate, size_t at) {
  code.push_back(instruction(BPF_LD | BPF_DW | BPF_IMM, 0, BPF_PSEUDO_MAP_VALUE, 0, gate));
  code.push_back(instruction(0, 0, 0, 0, static_cast<int32_t>(at)));
}

// Open: go on, four instructions. Closed: permit. Else: go on for that process alone, and note that the kernel came here.
std::vector<bpf_insn> prologue(int gate, size_t slot) {
  std::vector<bpf_insn> code;
  code.push_back(instruction(BPF_ALU64 | BPF_MOV | BPF_X, 6, 1, 0, 0));
  addAddress(code, gate, 0);
  code.push_back(instruction(BPF_LDX | BPF_DW | BPF_MEM, 7, 0, 0, 0));
  code.push_back(instruction(BPF_JMP | BPF_JEQ | BPF_K, 7, 0, 12, kGateOpen));
  code.push_back(instruction(BPF_JMP | BPF_JEQ | BPF_K, 7, 0, 9, kGateClosed));
  code.push_back(instruction(BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_get_current_pid_tgid));
  code.push_back(instruction(BPF_ALU64 | BPF_RSH | BPF_K, 0, 0, 0, 32));
  code.push_back(instruction(BPF_JMP | BPF_JNE | BPF_X, 0, 7, 6, 0));
  addAddress(code, gate, sizeof(uint64_t) * (1 + slot));
  code.push_back(instruction(BPF_ALU64 | BPF_MOV | BPF_K, 2, 0, 0, 1));
  code.push_back(instruction(BPF_STX | BPF_DW | BPF_MEM, 0, 2, 0, 0));
  code.push_back(instruction(BPF_ALU64 | BPF_MOV | BPF_X, 1, 6, 0, 0));
  code.push_back(instruction(BPF_JMP | BPF_JA, 0, 0, 2, 0));
  code.push_back(instruction(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 0));
  code.push_back(instruction(BPF_JMP | BPF_EXIT, 0, 0, 0, 0));
  return code;
}

// Both kinds of record begin with an instruction's offset. The first is the program's start and stays there.
const void* moved(const void* records, uint32_t count, uint32_t size) {
  if (!records || !count) return records;
  std::string copy(static_cast<const char*>(records), size_t{count} * size);
  for (uint32_t i = 1; i < count; ++i) {
    uint32_t offset;
    memcpy(&offset, copy.data() + size_t{i} * size, sizeof offset);
    offset += kPrologue;
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
  auto found = std::find(current->programs->begin(), current->programs->end(), bpf_program__name(program));
  if (found == current->programs->end()) return -ENOENT;
  std::vector<bpf_insn> code = prologue(current->gate, static_cast<size_t>(found - current->programs->begin()));
  const bpf_insn* own = bpf_program__insns(program);
  code.insert(code.end(), own, own + bpf_program__insn_cnt(program));
  options->func_info = moved(options->func_info, options->func_info_cnt, options->func_info_rec_size);
  options->line_info = moved(options->line_info, options->line_info_cnt, options->line_info_rec_size);
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

Gate::Gate(std::vector<std::string> programs, const std::string& path) : programs_(std::move(programs)) {
  auto size = static_cast<uint32_t>(sizeof(uint64_t) * (1 + programs_.size()));
  map_ = Descriptor(bpf_map_create(BPF_MAP_TYPE_ARRAY, "lsmp_gate", sizeof kKey, size, 1, nullptr));
  if (!map_) throw Failure(Message::LoadFailed, {path, errorText(errno)});
}

int Gate::load(bpf_object* object) {
  Loading loading{&programs_, map_.get(), {}};
  // Moving a short string would move its bytes: libbpf has pointers to them.
  loading.records.reserve(2 * programs_.size());
  current = &loading;
  int error = bpf_object__load(object);
  current = nullptr;
  return error;
}

std::vector<bool> Gate::called() const {
  std::vector<uint64_t> value(1 + programs_.size());
  std::vector<bool> result(programs_.size());
  if (bpf_map_lookup_elem(map_.get(), &kKey, value.data())) return result;
  for (size_t i = 0; i < result.size(); ++i) result[i] = value[i + 1] != 0;
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

}  // namespace lsmpc::runtime
