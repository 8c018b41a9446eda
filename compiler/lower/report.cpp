// Events: what the hook's attributes say of the object goes into a struct lsmp_object, the C library adds the rest.
#include <algorithm>
#include <cstddef>

#include "compiler/lower/library.h"
#include "compiler/lower/program.h"
#include "runtime/abi/layout.h"
#include "stdlib/bpf/fitting.h"

namespace lsmpc::lower {

using namespace llvm;

namespace {

constexpr uint64_t kNanoseconds = 1'000'000'000;  // of a second

// Members of struct lsmp_object that one word of a value fills.
struct Member {
  std::string_view field;  // of event_fields.def
  unsigned offset, bits;
  uint32_t flag;
};
constexpr Member kMembers[] = {
    {"family", offsetof(lsmp_object, family), 16, LSMP_EVENT_FAMILY},
    {"port", offsetof(lsmp_object, port), 16, LSMP_EVENT_PORT},
    {"target_pid", offsetof(lsmp_object, target_pid), 32, LSMP_EVENT_TARGET},
    {"signal", offsetof(lsmp_object, signal), 32, LSMP_EVENT_SIGNAL},
    {"cap", offsetof(lsmp_object, cap), 32, LSMP_EVENT_CAP},
};

bool isPath(const decision::EventField& field) { return field.field == "path" || field.field == "path2"; }

uint32_t verdictOf(const policy::Rule& rule) {
  switch (rule.verdict) {
    case policy::Verdict::Allow: return LSMP_VERDICT_ALLOW;
    case policy::Verdict::Deny: return LSMP_VERDICT_DENY;
    case policy::Verdict::Kill: return LSMP_VERDICT_KILL;
    default: return LSMP_VERDICT_AUDIT;
  }
}

}  // namespace

void ProgramLowering::report(const policy::Rule& rule, Value* rule_index, Value* flags) {
  auto paths = static_cast<uint32_t>(std::count_if(program_.event_fields.begin(), program_.event_fields.end(), isPath));
  bool has_object = paths != program_.event_fields.size();
  for (unsigned word = 0; has_object && word < sizeof(lsmp_object) / 8; ++word)
    builder_.CreateStore(i64(0), builder_.CreateConstGEP1_32(builder_.getInt64Ty(), object_, word));
  shows_by_probes_ = decision::showsByProbes(decision_, program_, static_cast<uint32_t>(&rule - decision_.policy.rules.data()));
  reporting_ = true;
  for (const decision::EventField& field : program_.event_fields) flags = builder_.CreateOr(flags, storeField(field));
  reporting_ = false;
  auto result = static_cast<uint32_t>(policy::refuses(rule.verdict) ? -rule.errno_value : 0);
  Value* object = has_object ? object_ : ConstantPointerNull::get(builder_.getPtrTy());
  const char* function = isAside() && slots_.of.empty() ? "lsmp_report_aside" : "lsmp_report";
  callLibrary(builder_, function, builder_.getVoidTy(),
              {builder_.CreateOr(builder_.CreateShl(rule_index, 32), i64(hook_index_)), i64(uint64_t{result} << 32 | verdictOf(rule)),
               flags, object, i32(paths | (holdsFirst() ? LSMP_HELD : 0))});
}

bool ProgramLowering::holdsFirst() const {
  auto isShown = [&](decision::ValueId id) {
    return std::any_of(program_.event_fields.begin(), program_.event_fields.end(),
                       [&](const auto& field) { return field.field == "path" && field.value == id; });
  };
  return std::any_of(slots_.of.begin(), slots_.of.end(), [&](const auto& one) { return one.second == 0 && !isShown(one.first); });
}

uint32_t limitedBefore(const std::vector<policy::Rule>& rules, size_t end) {
  auto isLimited = [](const policy::Rule& rule) { return rule.rate.limits(); };
  return static_cast<uint32_t>(std::count_if(rules.begin(), rules.begin() + static_cast<ptrdiff_t>(end), isLimited));
}

// What is over the limit costs no look at the object.
void ProgramLowering::limitedReport(const policy::Rule& rule, Value* rule_index, Value* flags) {
  uint32_t slot = limitedBefore(decision_.policy.rules, static_cast<size_t>(&rule - decision_.policy.rules.data()));
  Value* within = callLibrary(builder_, "lsmp_within_rate", builder_.getInt32Ty(),
                              {i32(slot), i64(rule.rate.events), i64(rule.rate.seconds * kNanoseconds)});
  BasicBlock *shown = block("shown"), *limited = block("limited"), *after = block("counted");
  builder_.CreateCondBr(builder_.CreateICmpNE(within, i32(0)), shown, limited);
  builder_.SetInsertPoint(limited);
  tally(rule, flags, LSMP_LIMITED);
  builder_.CreateBr(after);
  builder_.SetInsertPoint(shown);
  memo_.enter();
  report(rule, rule_index, flags);
  memo_.leave();
  builder_.CreateBr(after);
  builder_.SetInsertPoint(after);
}

void ProgramLowering::tally(const policy::Rule& rule, Value* flags, uint32_t unseen) {
  callLibrary(builder_, "lsmp_tally", builder_.getInt32Ty(), {i32(verdictOf(rule)), flags, i32(unseen)});
}

// Returns the event flags that the field adds.
Value* ProgramLowering::storeField(const decision::EventField& field) {
  Loaded loaded = value(field.value);
  Value* present = builder_.CreateICmpEQ(loaded.state, i32(LSMP_PRESENT));
  auto when = [&](Value* condition, uint32_t flag) { return builder_.CreateSelect(condition, i32(flag), i32(0)); };
  auto at = [&](unsigned offset) { return builder_.CreateConstGEP1_32(builder_.getInt8Ty(), object_, offset); };
  if (isPath(field)) {
    uint32_t here = field.field == "path" ? LSMP_EVENT_PATH : LSMP_EVENT_PATH2;
    return builder_.CreateSelect(present, i32(here), i32(LSMP_EVENT_PATH_UNRESOLVED));  // a path is never absent
  }
  if (field.field == "addr") {
    for (unsigned half = 0; half < 2; ++half)
      builder_.CreateStore(builder_.CreateUnaryIntrinsic(Intrinsic::bswap, loaded.words[half]), at(half * 8));
    return when(present, LSMP_EVENT_ADDR);
  }
  if (field.field == "target_comm") {
    guarded(present, loaded.state, {}, [&]() -> Loaded {
      callLibrary(builder_, "lsmp_target_comm", builder_.getVoidTy(), {i32(slots_.of.at(field.value)), object_});
      return {loaded.state, {}};
    });
    return i32(0);
  }
  for (const Member& member : kMembers) {
    if (member.field != field.field) continue;
    builder_.CreateStore(builder_.CreateTrunc(loaded.words[0], builder_.getIntNTy(member.bits)), at(member.offset));
    return when(present, member.flag);
  }
  return i32(0);
}

}  // namespace lsmpc::lower
