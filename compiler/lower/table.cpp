// A table of paths: which of its conditions hold, then one search for the first row among those (stdlib/bpf/paths.bpf.c).
#include <algorithm>

#include "compiler/lower/library.h"
#include "compiler/lower/program.h"
#include "runtime/abi/layout.h"
#include "stdlib/bpf/paths.h"

namespace lsmpc::lower {

using namespace llvm;

namespace {

bool hasUnconditional(const decision::Table& table) {
  return std::any_of(table.rows.begin(), table.rows.end(), [](const decision::TableRow& row) { return row.condition == 0; });
}

// For each condition the first row that is not certain and has it, in order of rows.
std::vector<std::pair<uint32_t, uint8_t>> firstUncertain(const decision::Table& table) {
  std::vector<std::pair<uint32_t, uint8_t>> first;
  std::vector<bool> seen(table.conditions.size());
  for (uint32_t row = 0; row < table.rows.size(); ++row) {
    uint8_t condition = table.rows[row].condition;
    if (table.rows[row].certain || seen[condition]) continue;
    seen[condition] = true;
    first.emplace_back(row, condition);
    if (condition == 0) break;
  }
  return first;
}

}  // namespace

void ProgramLowering::tableStep(const decision::Step& step) {
  const decision::Table& table = program_.tables[*step.table];
  const TablePlace place = places_.tables[hook_index_][*step.table];
  onLine(decision_.policy.rules[step.rule].line);
  Conditions conditions = judge(table);
  BasicBlock *found = block("found"), *nothing = block("nothing"), *lost = block("lost"), *hit = block("hit"), *next = block("next");
  bool may_skip = !hasUnconditional(table);
  if (may_skip) {  // no walk where no row can match
    BasicBlock* search = block("search");
    builder_.CreateCondBr(builder_.CreateICmpNE(conditions.match, i64(0)), search, next);
    builder_.SetInsertPoint(search);
    memo_.enter();
  }
  Value* row = firstRow(table, place, conditions.match);
  builder_.CreateCondBr(builder_.CreateICmpULT(row, i32(LSMP_ROWS)), found, nothing);
  builder_.SetInsertPoint(nothing);
  builder_.CreateCondBr(builder_.CreateICmpEQ(row, i32(LSMP_NO_ROW)), next, lost);
  builder_.SetInsertPoint(lost);
  Value* unresolved_row = firstOfUnresolved(table, conditions.match);
  BasicBlock* lost_end = builder_.GetInsertBlock();
  builder_.CreateCondBr(builder_.CreateICmpEQ(unresolved_row, i32(LSMP_NO_ROW)), next, hit);
  builder_.SetInsertPoint(found);
  builder_.CreateBr(hit);
  builder_.SetInsertPoint(hit);
  PHINode *number = builder_.CreatePHI(builder_.getInt32Ty(), 2), *unresolved = builder_.CreatePHI(builder_.getInt1Ty(), 2);
  number->addIncoming(row, found);
  number->addIncoming(unresolved_row, lost_end);
  unresolved->addIncoming(builder_.getFalse(), found);
  unresolved->addIncoming(builder_.getTrue(), lost_end);
  memo_.enter();
  skipInnerFile(next);
  Type* word = builder_.getInt64Ty();
  Value* said = callLibrary(builder_, "lsmp_set_word", word, {builder_.CreateAdd(builder_.CreateZExt(number, word), i64(place.rows))});
  Value* condition = builder_.CreateAnd(builder_.CreateLShr(said, 40), i64(decision::kMaxConditions - 1));
  Value* yes = builder_.CreateTrunc(builder_.CreateLShr(conditions.yes, condition), builder_.getInt1Ty());
  decideRow(table, said, builder_.CreateOr(unresolved, builder_.CreateNot(yes)));
  next_member_ ? memo_.leave() : memo_.drop();
  if (may_skip) memo_.leave();
  builder_.SetInsertPoint(next);
}

// Opaque: the verifier need not follow each combination.
ProgramLowering::Conditions ProgramLowering::judge(const decision::Table& table) {
  Value *match = i64(1), *yes = i64(1);
  for (size_t i = 1; i < table.conditions.size(); ++i) {
    const decision::TableCondition& condition = table.conditions[i];
    prepare(condition.node);
    Truth truth = node(condition.node);
    auto add = [&](Value* to, Value* bit) {
      return builder_.CreateOr(to, builder_.CreateShl(builder_.CreateZExt(bit, builder_.getInt64Ty()), i));
    };
    match = opaque(builder_, add(match, condition.certain ? truth.yes : builder_.CreateNot(truth.no)), "$0 = -$0\n\t$0 = -$0", true);
    yes = opaque(builder_, add(yes, truth.yes), "$0 = -$0\n\t$0 = -$0", true);
  }
  if (!hasUnconditional(table)) match = builder_.CreateAnd(match, i64(~uint64_t{1}));
  return {match, yes};
}

Value* ProgramLowering::firstRow(const decision::Table& table, const TablePlace& place, Value* mask) {
  return cached(table.subject, ~place.table, mask, [&] { return searched(table, place, mask); });  // automata count from 0 on
}

Value* ProgramLowering::searched(const decision::Table& table, const TablePlace& place, Value* mask) {
  Value* state = value(table.subject).state;
  Value* none = i32(~0u);
  if (mayBeAbsent(table.subject)) none = builder_.CreateSelect(builder_.CreateICmpEQ(state, i32(LSMP_ABSENT)), i32(LSMP_NO_ROW), none);
  return guarded(builder_.CreateICmpEQ(state, i32(LSMP_PRESENT)), none, {},
                 [&]() -> Loaded {
                   std::vector<Value*> arguments = {i32(slots_.of.at(table.subject)), i32(place.table), mask};
                   return {callLibrary(builder_, "lsmp_first_row", builder_.getInt32Ty(), arguments), {}};
                 })
      .state;
}

Value* ProgramLowering::firstOfUnresolved(const decision::Table& table, Value* mask) {
  auto first = firstUncertain(table);
  Value* row = i32(LSMP_NO_ROW);
  for (auto one = first.rbegin(); one != first.rend(); ++one) {
    Value* holds = builder_.CreateICmpNE(builder_.CreateAnd(mask, i64(uint64_t{1} << one->second)), i64(0));
    row = one->second == 0 ? i32(one->first) : builder_.CreateSelect(holds, i32(one->first), row);
  }
  return row;
}

// What a row cannot say is refused, where the table refuses anything.
void ProgramLowering::decideRow(const decision::Table& table, Value* word, Value* unresolved) {
  Value* rule_index = builder_.CreateAnd(word, i64(UINT32_MAX));
  Value* action = builder_.CreateAnd(builder_.CreateLShr(word, 32), i64(UINT8_MAX));
  auto refuses = [&](uint32_t rule) { return policy::refuses(decision_.policy.rules[rule].verdict); };
  auto other = std::find_if(table.actions.begin(), table.actions.end(), refuses);
  if (other == table.actions.end()) other = table.actions.begin();
  std::vector<BasicBlock*> blocks;
  for (size_t i = 0; i < table.actions.size(); ++i) blocks.push_back(block("act"));
  SwitchInst* choice = builder_.CreateSwitch(action, blocks[static_cast<size_t>(other - table.actions.begin())]);
  for (size_t i = 0; i < table.actions.size(); ++i) {
    choice->addCase(builder_.getInt64(i), blocks[i]);
    builder_.SetInsertPoint(blocks[i]);
    memo_.enter();
    decide(decision_.policy.rules[table.actions[i]], rule_index, unresolved);
    next_member_ ? memo_.leave() : memo_.drop();
  }
}

}  // namespace lsmpc::lower
