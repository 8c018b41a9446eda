// Where a program asks of a file's path one question only, the answer is looked for before the path is (stdlib/bpf/path_cache.bpf.c).
#include <algorithm>

#include "compiler/lower/library.h"
#include "compiler/lower/program.h"

namespace lsmpc::lower {

using namespace llvm;
using decision::ValueId;

namespace {

constexpr size_t kFewOthers = 2;  // tests of other things: the stack that a kernel gives is small

}  // namespace

// Matchers and tables that look at the value; none where something else does, too, which wants its bytes.
size_t ProgramLowering::questionsOf(ValueId id) const {
  std::set<uint32_t> matchers;
  for (const decision::Test& test : program_.tests) {
    if (test.left != id && !(isComparison(test.op) && test.right == id)) continue;
    if (test.op != decision::TestOp::Class) return 0;
    matchers.insert(test.matcher);
  }
  for (const decision::Value& value : program_.values)
    if (std::find(value.operands.begin(), value.operands.end(), id) != value.operands.end()) return 0;
  auto asks = [&](const decision::Table& table) { return table.subject == id; };
  return matchers.size() + static_cast<size_t>(std::count_if(program_.tables.begin(), program_.tables.end(), asks));
}

bool ProgramLowering::asksLittleBeside(ValueId id) const {
  size_t others = 0;
  for (const decision::Test& test : program_.tests) {
    if (test.left == id) continue;
    if (isExpensive(test.left) || (isComparison(test.op) && isExpensive(test.right)) || ++others > kFewOthers) return false;
  }
  for (const decision::Table& table : program_.tables)
    if (table.subject != id && (isExpensive(table.subject) || ++others > kFewOthers)) return false;
  return true;
}

bool ProgramLowering::isCached(ValueId id) const {
  const decision::Value& value = program_.values[id];
  if (value.op != decision::ValueOp::Builtin || value.builtin != policy::Builtin::FilePath || mayBeAbsent(id)) return false;
  return program_.values[value.operands[0]].op == decision::ValueOp::Argument && questionsOf(id) == 1 && asksLittleBeside(id);
}

// `question`: of the path, which `search` answers; another number for each in the object: automata have even ones. `mask`: what else the answer hangs on.
Value* ProgramLowering::cached(ValueId id, uint32_t question, Value* mask, const std::function<Value*()>& search) {
  if (!isCached(id)) return search();
  Value* file = value(program_.values[id].operands[0]).words[0];
  if (!cache_seen_) {
    BasicBlock& entry = function_->getEntryBlock();
    cache_seen_ = IRBuilder<>(&entry, entry.begin()).CreateAlloca(ArrayType::get(builder_.getInt64Ty(), kCacheSeenWords));
  }
  Value* said =
      callLibrary(builder_, "lsmp_cached_file", builder_.getInt64Ty(), {file, i32(question), mask, i32(isa<Constant>(mask)), cache_seen_});
  auto known = [&]() -> Loaded { return {builder_.CreateTrunc(said, builder_.getInt32Ty()), {}}; };
  return either(builder_.CreateICmpNE(said, i64(0)), {}, known,
                [&]() -> Loaded {
                  Value* found = search();
                  callLibrary(builder_, "lsmp_cache_file", builder_.getVoidTy(), {file, i32(question), mask, found, cache_seen_});
                  return {found, {}};
                })
      .state;
}

}  // namespace lsmpc::lower
