// Events: what the hook's attributes say of the object goes into a struct lsmp_object, the C library adds the rest.
#include "compiler/lower/library.h"
#include "compiler/lower/program.h"
#include "runtime/abi/layout.h"

namespace lsmpc::lower {

using namespace llvm;

namespace {

// Members of struct lsmp_object (stdlib/bpf/lsmp.h) that one word of a value fills.
struct Member {
  std::string_view field;  // of event_fields.def
  unsigned offset;
  uint32_t flag;
};
constexpr Member kMembers[] = {
    {"family", 16, LSMP_EVENT_FAMILY}, {"port", 20, LSMP_EVENT_PORT}, {"target_pid", 24, LSMP_EVENT_TARGET},
    {"signal", 28, LSMP_EVENT_SIGNAL}, {"cap", 32, LSMP_EVENT_CAP},
};
constexpr unsigned kTargetCommSlot = 36;

uint32_t verdictOf(const policy::Rule& rule) {
  switch (rule.verdict) {
    case policy::Verdict::Allow: return LSMP_VERDICT_ALLOW;
    case policy::Verdict::Deny: return LSMP_VERDICT_DENY;
    default: return LSMP_VERDICT_AUDIT;
  }
}

}  // namespace

void ProgramLowering::report(const policy::Rule& rule, uint32_t rule_index, Value* flags) {
  for (unsigned word = 0; word < 5; ++word) builder_.CreateStore(i64(0), builder_.CreateConstGEP1_32(builder_.getInt64Ty(), object_, word));
  for (const decision::EventField& field : program_.event_fields) flags = builder_.CreateOr(flags, storeField(field));
  int result = rule.verdict == policy::Verdict::Deny ? -rule.errno_value : 0;
  callLibrary(builder_, "lsmp_report", builder_.getVoidTy(),
              {i32(rule_index), i32(hook_index_), i32(static_cast<uint32_t>(result)), i32(verdictOf(rule)), flags, object_});
}

void ProgramLowering::tally(const policy::Rule& rule, Value* flags) {
  callLibrary(builder_, "lsmp_tally", builder_.getVoidTy(), {i32(verdictOf(rule)), flags, i32(rule.quiet ? 1 : 0)});
}

// Returns the event flags that the field adds.
Value* ProgramLowering::storeField(const decision::EventField& field) {
  Loaded loaded = value(field.value);
  Value* present = builder_.CreateICmpEQ(loaded.state, i32(LSMP_PRESENT));
  auto when = [&](Value* condition, uint32_t flag) { return builder_.CreateSelect(condition, i32(flag), i32(0)); };
  auto at = [&](unsigned offset) { return builder_.CreateConstGEP1_32(builder_.getInt8Ty(), object_, offset); };
  if (field.field == "path" || field.field == "path2") {
    Value* lost = builder_.CreateICmpEQ(loaded.state, i32(LSMP_IS_UNRESOLVED));
    return builder_.CreateOr(when(present, field.field == "path" ? LSMP_EVENT_PATH : LSMP_EVENT_PATH2),
                             when(lost, LSMP_EVENT_PATH_UNRESOLVED));
  }
  if (field.field == "addr") {
    builder_.CreateStore(loaded.words[0], at(0));
    builder_.CreateStore(loaded.words[1], at(8));
    return when(present, LSMP_EVENT_ADDR);
  }
  if (field.field == "target_comm") {
    builder_.CreateStore(builder_.CreateSelect(present, i32(slots_.of.at(field.value)), i32(0)), at(kTargetCommSlot));
    return i32(0);
  }
  for (const Member& member : kMembers) {
    if (member.field != field.field) continue;
    builder_.CreateStore(builder_.CreateTrunc(loaded.words[0], builder_.getInt32Ty()), at(member.offset));
    return when(present, member.flag);
  }
  return i32(0);
}

}  // namespace lsmpc::lower
