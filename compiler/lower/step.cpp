// A program from entry to return: rules in order, the first decision ends the search. In a bundle each policy has its own; the
// first refusal of all is the verdict.
#include <llvm/IR/DebugInfoMetadata.h>
#include <llvm/IR/InlineAsm.h>

#include <algorithm>

#include "compiler/lower/library.h"
#include "compiler/lower/program.h"
#include "runtime/abi/layout.h"

namespace lsmpc::lower {

using namespace llvm;

namespace {

constexpr uint64_t kObjectWords = sizeof(lsmp_object) / 8;
constexpr size_t kFewTests = 4;       // up to here the verifier can follow each way through them
constexpr size_t kWorthPassing = 3;   // from here on steps are passed over together
constexpr uint64_t kSocketWords = 3;  // sizeof(struct lsmp_socket) / 8

}  // namespace

ProgramLowering::ProgramLowering(const decision::Decision& decision, uint32_t hook_index, const Slots& slots, Function* function,
                                 DebugTypes& types, Tables& tables)
    : decision_(decision),
      program_(decision.programs[hook_index]),
      hook_index_(hook_index),
      slots_(slots),
      function_(function),
      builder_(BasicBlock::Create(function->getContext(), "entry", function)),
      types_(types),
      tables_(tables),
      places_(placeWords(decision)),
      access_(builder_, types, *decision.policy.types),
      comparison_(builder_, program_.tests.size() > kFewTests),
      memo_(builder_) {}

void ProgramLowering::onLine(uint32_t line) {
  builder_.SetCurrentDebugLocation(DILocation::get(function_->getContext(), line, 1, function_->getSubprogram()));
}

void ProgramLowering::run() {
  countUses();
  onLine(function_->getSubprogram()->getLine());
  auto words = [&](uint64_t count) { return builder_.CreateAlloca(ArrayType::get(builder_.getInt64Ty(), count)); };
  word_out_ = words(1);
  socket_out_ = words(kSocketWords);
  object_ = words(kObjectWords);
  verdict_ = builder_.CreateAlloca(builder_.getInt32Ty());
  // Cells are made at the entry block's start, the rest follows in blocks of its own.
  BasicBlock* body = block("body");
  builder_.CreateBr(body);
  builder_.SetInsertPoint(body);
  stepAside();
  loadArguments();
  searchAll();
  finish();
}

void ProgramLowering::searchAll() {
  const std::vector<decision::Step>& steps = program_.steps;
  auto memberOf = [&](size_t step) { return decision_.policy.rules[steps[step].rule].member; };
  bool is_one = steps.empty() || memberOf(0) == memberOf(steps.size() - 1);
  if (is_one) {
    search(0, steps.size());
    end(constantReturn(0));
    return;
  }
  builder_.CreateStore(constantReturn(0), verdict_);
  for (size_t begin = 0, end = 0; begin < steps.size(); begin = end) {
    while (end < steps.size() && memberOf(end) == memberOf(begin)) ++end;
    next_member_ = block("next_policy");
    memo_.enter();
    search(begin, end);
    builder_.CreateBr(next_member_);
    memo_.leave();
    builder_.SetInsertPoint(next_member_);
  }
  end(builder_.CreateLoad(builder_.getInt32Ty(), verdict_));
}

void ProgramLowering::search(size_t begin, size_t end) {
  for (size_t i = begin; i < end; ++i) {
    if (size_t past = silentUntil(i, end); past - i >= kWorthPassing) {
      searchWhereMatched(i, past);
      i = past - 1;
    } else {
      program_.steps[i].table ? tableStep(program_.steps[i]) : step(program_.steps[i]);
    }
  }
}

// The end of one policy's search.
void ProgramLowering::leave(int result) {
  if (!next_member_) {
    end(constantReturn(result));
    return;
  }
  if (result != 0) {
    Value* before = builder_.CreateLoad(builder_.getInt32Ty(), verdict_);
    BasicBlock* first = block("first_refusal");
    builder_.CreateCondBr(builder_.CreateICmpEQ(before, i32(0)), first, next_member_);
    builder_.SetInsertPoint(first);
    builder_.CreateStore(constantReturn(result), verdict_);
  }
  builder_.CreateBr(next_member_);
}

// The program's: one, because the memory may be one that others wait for.
void ProgramLowering::end(Value* result) {
  if (!end_) end_ = block("end");
  results_.emplace_back(result, builder_.GetInsertBlock());
  builder_.CreateBr(end_);
}

void ProgramLowering::finish() {
  if (!end_) return;
  builder_.SetInsertPoint(end_);
  PHINode* result = builder_.CreatePHI(builder_.getInt32Ty(), static_cast<unsigned>(results_.size()));
  for (auto [value, from] : results_) result->addIncoming(value, from);
  auto reports = [&](const decision::Step& step) { return step.table || decision_.policy.rules[step.rule].event; };
  bool uses_memory = !slots_.of.empty() || (!isAside() && std::any_of(program_.steps.begin(), program_.steps.end(), reports));
  if (uses_memory) callLibrary(builder_, "lsmp_finish", builder_.getVoidTy(), {});
  builder_.CreateRet(result);
}

// What runs in interrupts refuses nothing: without memory it is over.
void ProgramLowering::stepAside() {
  if (!isAside() || slots_.of.empty()) return;
  bool second = std::any_of(slots_.of.begin(), slots_.of.end(), [](const auto& one) { return one.second != 0; });
  BasicBlock *alone = block("alone"), *none = block("none");
  Value* has = callLibrary(builder_, "lsmp_step_aside", builder_.getInt32Ty(), {i32(second)});
  builder_.CreateCondBr(builder_.CreateICmpNE(has, i32(0)), alone, none);
  builder_.SetInsertPoint(none);
  builder_.CreateRet(constantReturn(0));
  builder_.SetInsertPoint(alone);
}

// What a stacked filesystem opens behind the user's file is no event: its own file was judged. Asked only where a rule matches, and by each.
void ProgramLowering::skipInnerFile(BasicBlock* skip) {
  if (program_.hook.file_argument.empty()) return;
  Value* inner = callLibrary(builder_, "lsmp_inner_file", builder_.getInt32Ty(), {arguments_.at(program_.hook.file_argument)});
  BasicBlock* judge = block("judge");
  builder_.CreateCondBr(builder_.CreateICmpEQ(inner, i32(1)), skip, judge);
  builder_.SetInsertPoint(judge);
}

// Opaque, so that LLVM makes no arithmetic of several results: the verifier must see each constant.
Value* ProgramLowering::constantReturn(int value) {
  auto* type = FunctionType::get(builder_.getInt32Ty(), false);
  return builder_.CreateCall(type, InlineAsm::get(type, "$0 = " + std::to_string(value), "=r", true), {});
}

void ProgramLowering::step(const decision::Step& step) {
  const policy::Rule& rule = decision_.policy.rules[step.rule];
  onLine(rule.line);
  prepare(step.condition);
  Truth truth = node(step.condition);
  Value* matches = step.certain ? truth.yes : builder_.CreateNot(truth.no);
  BasicBlock *hit = block("hit"), *next = block("next");
  builder_.CreateCondBr(matches, hit, next);
  builder_.SetInsertPoint(hit);
  memo_.enter();
  skipInnerFile(next);
  decide(rule, i64(step.rule), builder_.CreateNot(builder_.CreateOr(truth.yes, truth.no)));
  if (rule.verdict == policy::Verdict::None) builder_.CreateBr(next);
  // What a deciding rule computed on its way out is at hand nowhere else, but for other policies of a bundle.
  rule.verdict == policy::Verdict::None || next_member_ ? memo_.leave() : memo_.drop();
  builder_.SetInsertPoint(next);
}

// `rule_index`, i64: into the manifest's rules; of a table `rule` does the same.
void ProgramLowering::decide(const policy::Rule& rule, Value* rule_index, Value* unresolved) {
  Value* audit = auditMode(rule);
  Value* flags = builder_.CreateOr(audit, builder_.CreateSelect(unresolved, i32(LSMP_EVENT_UNRESOLVED), i32(0)));
  if (rule.verdict == policy::Verdict::Kill)
    flags = builder_.CreateOr(
        flags, callLibrary(builder_, "lsmp_kill", builder_.getInt32Ty(), {i32(static_cast<uint32_t>(rule.signal_value)), audit}));
  callLibrary(builder_, "lsmp_hit", builder_.getInt32Ty(), {builder_.CreateTrunc(rule_index, builder_.getInt32Ty()), flags});
  if (rule.event && rule.rate.limits())
    limitedReport(rule, rule_index, flags);
  else if (rule.event)
    report(rule, rule_index, flags);
  else if (rule.quiet || policy::refuses(rule.verdict))
    tally(rule, flags, rule.quiet ? LSMP_SUPPRESSED : LSMP_COUNTERS);
  if (rule.verdict == policy::Verdict::None) return;
  if (policy::refuses(rule.verdict)) {
    BasicBlock *permit = block("permit"), *refuse = block("refuse");
    builder_.CreateCondBr(builder_.CreateICmpNE(audit, i32(0)), permit, refuse);
    builder_.SetInsertPoint(refuse);
    leave(-rule.errno_value);
    builder_.SetInsertPoint(permit);
  }
  leave(0);
}

// The loader can put a whole object into audit mode; a policy of a bundle may be in it by its own header.
Value* ProgramLowering::auditMode(const policy::Rule& rule) {
  bool own = decision_.policy.mode != ast::Mode::Audit && policy::modeOf(decision_.policy, rule.member) == ast::Mode::Audit;
  return own ? i32(LSMP_EVENT_AUDIT_MODE) : callLibrary(builder_, "lsmp_audit_mode", builder_.getInt32Ty(), {});
}

}  // namespace lsmpc::lower
