#include "compiler/verify/limits.h"

#include <linux/bpf.h>

#include <set>

#include "runtime/prologue.h"

namespace lsmpc::verify {
namespace {

using runtime::Message;

constexpr size_t kMostInstructions = 1'000'000;  // BPF_COMPLEXITY_LIMIT_INSNS (include/linux/bpf.h)

struct MapLimit {
  uint32_t type, key, value;
  uint64_t whole;
};
constexpr MapLimit kMapLimits[] = {
#define LSMPC_MAP_LIMIT(type, key, value, whole) {BPF_MAP_TYPE_##type, key, value, whole},
#include "compiler/verify/limits.def"
};

size_t wholeCode(const object::Object& object, size_t function, std::set<size_t>& seen) {
  if (!seen.insert(function).second) return 0;
  size_t instructions = object.functions[function].code.size();
  for (const object::Reference& reference : object.functions[function].references)
    if (reference.kind == object::Reference::Kind::Function) instructions += wholeCode(object, reference.index, seen);
  return instructions;
}

std::string number(uint64_t value) { return std::to_string(value); }

}  // namespace

Size sizeOf(const object::Object& object, size_t program, const std::vector<emit::CallDepth>& depths) {
  const object::Function& function = object.functions[program];
  std::set<size_t> seen;
  Size size{wholeCode(object, program, seen), 0, 0};
  if (function.section.starts_with("lsm/")) size.instructions += runtime::prologue({}, {.has_older = true}).size();
  for (const emit::CallDepth& depth : depths)
    if (depth.program == function.name) size.stack = depth.bytes, size.frames = depth.frames;
  return size;
}

std::vector<runtime::Problem> overLimits(const object::Function& program, const Size& size) {
  std::vector<runtime::Problem> problems;
  if (size.instructions > kMostInstructions)
    problems.push_back({Message::ProgramTooLong, {program.name, number(size.instructions), number(kMostInstructions)}, {}});
  if (size.stack > emit::kStackBytes || size.frames > emit::kFrames)
    problems.push_back({Message::StackTooLarge,
                        {program.name, number(size.stack), number(size.frames), number(emit::kStackBytes), number(emit::kFrames)},
                        {}});
  return problems;
}

std::vector<runtime::Problem> overLimits(const object::Map& map) {
  std::vector<runtime::Problem> problems;
  auto check = [&](const char* what, uint64_t found, uint64_t most) {
    if (most && found > most) problems.push_back({Message::MapTooLarge, {map.name, what, number(found), number(most)}, {}});
  };
  for (const MapLimit& limit : kMapLimits) {
    if (limit.type != map.type) continue;
    check("keys", map.key_size, limit.key);
    check("values", map.value_size, limit.value);
    check("all values together", map.type == BPF_MAP_TYPE_RINGBUF ? map.max_entries : uint64_t{map.value_size} * map.max_entries,
          limit.whole);
  }
  return problems;
}

}  // namespace lsmpc::verify
