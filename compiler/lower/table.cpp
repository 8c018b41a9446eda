// A table: which of its conditions hold, then one search for the first row among those (stdlib/bpf/paths.bpf.c, intervals.bpf.c).
#include <algorithm>

#include "compiler/lower/library.h"
#include "compiler/lower/program.h"
#include "runtime/abi/layout.h"
#include "stdlib/bpf/rows.h"

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
  BasicBlock* next = block("next");
  size_t entered = 0;
  auto goOnWhere = [&](Value* holds) {
    BasicBlock* on = block("go_on");
    builder_.CreateCondBr(holds, on, next);
    builder_.SetInsertPoint(on);
    memo_.enter();
    ++entered;
  };
  // To look up a number takes so little that nothing else is asked before some row can match; to know a path so much that all else is.
  if (table.kind != decision::Table::Kind::Paths && table.conditions.size() > 1)
    goOnWhere(builder_.CreateICmpNE(firstRow(table, place, i64(~uint64_t{0})), i32(LSMP_NO_ROW)));
  Conditions conditions = judge(table);
  if (!hasUnconditional(table)) goOnWhere(builder_.CreateICmpNE(conditions.match, i64(0)));
  auto [number, unresolved] = decidingRow(table, place, conditions.match, next);
  memo_.enter();
  skipInnerFile(next);
  Type* word = builder_.getInt64Ty();
  Value* said = callLibrary(builder_, "lsmp_set_word", word, {builder_.CreateAdd(builder_.CreateZExt(number, word), i64(place.rows))});
  Value* condition = builder_.CreateAnd(builder_.CreateLShr(said, 40), i64(decision::kMaxConditions - 1));
  Value* yes = builder_.CreateTrunc(builder_.CreateLShr(conditions.yes, condition), builder_.getInt1Ty());
  decideRow(table, said, builder_.CreateOr(unresolved, builder_.CreateNot(yes)));
  next_member_ ? memo_.leave() : memo_.drop();
  for (; entered > 0; --entered) memo_.leave();
  builder_.SetInsertPoint(next);
}

// Goes on where there is one: its number, and whether it is only what is left for what is unresolved.
std::pair<Value*, Value*> ProgramLowering::decidingRow(const decision::Table& table, const TablePlace& place, Value* mask,
                                                       BasicBlock* next) {
  BasicBlock *found = block("found"), *some = block("some"), *lost = block("lost"), *hit = block("hit");
  Value* row = firstRow(table, place, mask);
  builder_.CreateCondBr(builder_.CreateICmpEQ(row, i32(LSMP_NO_ROW)), next, some);
  builder_.SetInsertPoint(some);
  builder_.CreateCondBr(builder_.CreateICmpULT(row, i32(LSMP_ROWS)), found, lost);
  builder_.SetInsertPoint(lost);
  Value* unresolved_row = firstOfUnresolved(table, mask);
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
  return {number, unresolved};
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
  uint32_t question = table.bytes ? onBytes(table) * 2 : place.table * 2 + 1;
  return cached(table.subject, question, mask, [&] { return searched(table, place, mask); });
}

// Its automaton says a row and 1 more.
uint32_t ProgramLowering::onBytes(const decision::Table& table) {
  auto [known, is_new] = tables_on_bytes_.emplace(&table, 0);
  if (!is_new) return known->second;
  std::vector<uint32_t> said;
  for (const std::vector<uint32_t>& rows : table.bytes->accept_sets) said.push_back(rows.empty() ? 0 : rows[0] + 1);
  return known->second = tables_.automaton(*table.bytes, said);
}

Value* ProgramLowering::matchedRow(const decision::Table& table) {
  Value* said = callMatch(onBytes(table), table.subject);
  Value* row = builder_.CreateSelect(builder_.CreateICmpEQ(said, i32(~0u)), said, builder_.CreateSub(said, i32(1)));
  return builder_.CreateSelect(builder_.CreateICmpEQ(said, i32(0)), i32(LSMP_NO_ROW), row);
}

Value* ProgramLowering::searched(const decision::Table& table, const TablePlace& place, Value* mask) {
  Loaded subject = value(table.subject);
  Value* none = i32(~0u);
  if (table.kind != decision::Table::Kind::Paths || mayBeAbsent(table.subject))
    none = builder_.CreateSelect(builder_.CreateICmpEQ(subject.state, i32(LSMP_ABSENT)), i32(LSMP_NO_ROW), none);
  return guarded(builder_.CreateICmpEQ(subject.state, i32(LSMP_PRESENT)), none, {},
                 [&]() -> Loaded {
                   return {callSearch(table, place, subject.words, mask), {}};
                 })
      .state;
}

Value* ProgramLowering::callSearch(const decision::Table& table, const TablePlace& place, const std::vector<Value*>& words, Value* mask) {
  Type* row = builder_.getInt32Ty();
  if (table.bytes) return matchedRow(table);
  switch (table.kind) {
    case decision::Table::Kind::Paths:
      return callLibrary(builder_, "lsmp_first_row", row, {i32(slots_.of.at(table.subject)), i32(place.table), mask});
    case decision::Table::Kind::Numbers:
      return callLibrary(builder_, "lsmp_row_of_number", row,
                         {i32(place.table), inOrder(words[0], program_.values[table.subject].type), mask});
    default: return callLibrary(builder_, "lsmp_row_of_address", row, {i32(place.table), words[0], words[1], mask});
  }
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
