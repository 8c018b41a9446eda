// Before a file's path is had its last names are asked whether any pattern can fit it (stdlib/bpf/near_name.bpf.c).
#include "compiler/match/near_names.h"

#include "compiler/lower/library.h"
#include "compiler/lower/program.h"
#include "compiler/match/text_word.h"

namespace lsmpc::lower {

using namespace llvm;
using decision::ValueId;

namespace {

constexpr size_t kFewNames = 4;     // beyond, to ask for each costs as much as to look the path up
constexpr uint32_t kNoneHolds = 0;  // of match::Dfa's accept sets

}  // namespace

// The accept set that `search` finds, which is not called where the names rule all patterns out.
Value* ProgramLowering::unlessFar(uint32_t matcher, ValueId id, const std::function<Value*()>& search) {
  const decision::Value& path = program_.values[id];
  bool is_file = path.op == decision::ValueOp::Builtin && path.builtin == policy::Builtin::FilePath && !mayBeAbsent(id) &&
                 program_.values[path.operands[0]].op == decision::ValueOp::Argument;
  if (!is_file) return search();
  auto names = match::nearNames(program_.matchers[matcher].predicates, kFewNames);
  if (!names) return search();
  Value *file = value(path.operands[0]).words[0], *near = builder_.getFalse();
  for (const match::NearName& one : *names) {
    std::vector<Value*> arguments = {file, i32(one.is_folder), i64(one.name.size())};
    for (size_t at : {0, 8, 16}) arguments.push_back(i64(match::wordAt(one.name, at)));
    Value* may_be = callLibrary(builder_, "lsmp_may_be_near", builder_.getInt32Ty(), arguments);
    near = builder_.CreateOr(near, builder_.CreateICmpNE(may_be, i32(0)));
  }
  return guarded(near, i32(kNoneHolds), {}, [&]() -> Loaded { return {search(), {}}; }).state;
}

}  // namespace lsmpc::lower
