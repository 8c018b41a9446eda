// Builtins: calls of the C library, or a few instructions.
#include "compiler/lower/library.h"
#include "compiler/lower/program.h"
#include "runtime/abi/layout.h"

namespace lsmpc::lower {

using namespace llvm;
using decision::ValueId;
using policy::Builtin;

namespace {

// enum bpf_func_id, include/uapi/linux/bpf.h. The task's address, where bpf_get_current_task_btf is missing in 5.10; its two numbers in one word.
constexpr uint64_t kGetCurrentTask = 35, kGetCurrentPidTgid = 14;

const char* socketReader(Builtin builtin) {
  switch (builtin) {
    case Builtin::LocalAddress:
    case Builtin::LocalPort: return "lsmp_local_address";
    case Builtin::PeerAddress:
    case Builtin::PeerPort: return "lsmp_peer_address";
    default: return "lsmp_socket_address";
  }
}

}  // namespace

Loaded ProgramLowering::call(const decision::Value& value, ValueId id) {
  switch (value.builtin) {
    case Builtin::Current: return present(helper(kGetCurrentTask));
    case Builtin::CurrentPid: return present(builder_.CreateLShr(helper(kGetCurrentPidTgid), 32));
    case Builtin::CurrentTid: return present(builder_.CreateAnd(helper(kGetCurrentPidTgid), UINT32_MAX));
    case Builtin::LocalAddress:
    case Builtin::PeerAddress:
    case Builtin::SocketAddress: {
      Loaded whole = socket(value);
      return {whole.state, {whole.words[0], whole.words[1]}};
    }
    case Builtin::LocalPort:
    case Builtin::PeerPort:
    case Builtin::SocketPort: {
      Loaded whole = socket(value);
      return {whole.state, {whole.words[2]}};
    }
    case Builtin::MapBits: return mapBits(value);
    case Builtin::Be16: {
      Loaded from = this->value(value.operands[0]);
      Value* narrow = builder_.CreateTrunc(from.words[0], builder_.getInt16Ty());
      Value* swapped = builder_.CreateUnaryIntrinsic(Intrinsic::bswap, narrow);
      return {from.state, {builder_.CreateZExt(swapped, builder_.getInt64Ty())}};
    }
    case Builtin::Exe: return kept("lsmp_exe");
    case Builtin::Ancestors: return kept("lsmp_ancestors");
    case Builtin::ParentExe: return kept("lsmp_parent_exe");
    case Builtin::TaskExe: return keptOf(value.operands[0]);
    case Builtin::Script: return kept("lsmp_script");
    case Builtin::AskedScript: return kept("lsmp_asked_script");
    case Builtin::ExecStep: return word(value, "lsmp_exec_step");
    case Builtin::Caps: return word(value, "lsmp_caps");
    case Builtin::PidNamespace: return word(value, "lsmp_pid_namespace");
    case Builtin::RootSuperblock: return kept("lsmp_root_superblock");
    case Builtin::Given: return given(value);
    case Builtin::Cast: return cast(value);
    default: return stringCall(value, id);
  }
}

// A helper of the kernel that takes nothing and gives a word.
Value* ProgramLowering::helper(uint64_t number) {
  auto* type = FunctionType::get(builder_.getInt64Ty(), false);
  return builder_.CreateCall(type, ConstantExpr::getIntToPtr(builder_.getInt64(number), builder_.getPtrTy()), {});
}

// What stands ready for every program: of no argument.
Loaded ProgramLowering::kept(const char* function) {
  Value* state = callLibrary(builder_, function, builder_.getInt32Ty(), {word_out_});
  return {comparison_.joined(state), {comparison_.joined(builder_.CreateLoad(builder_.getInt64Ty(), word_out_))}};
}

// Of a task that is an argument of the hook.
Loaded ProgramLowering::keptOf(ValueId task) {
  Value* state = stateOf(task);
  return guarded(builder_.CreateICmpEQ(state, i32(LSMP_PRESENT)), state, {builder_.getInt64Ty()}, [&]() -> Loaded {
    Value* pointer = builder_.CreateIntToPtr(asAddress(task), builder_.getPtrTy());
    Value* got = callLibrary(builder_, "lsmp_task_exe", builder_.getInt32Ty(), {pointer, word_out_});
    return {comparison_.joined(got), {comparison_.joined(builder_.CreateLoad(builder_.getInt64Ty(), word_out_))}};
  });
}

// The worst of the operands'. By branches, as whatever leads to a pointer that the verifier follows: it has to know in which state there is one.
Value* ProgramLowering::operandState(const decision::Value& value) {
  Value* state = i32(LSMP_PRESENT);
  for (ValueId operand : value.operands) {
    Value* other = stateOf(operand);
    state = builder_.CreateSelect(builder_.CreateICmpUGT(state, other), state, other);
  }
  return state;
}

// The same, where a NULL in place of the first is unresolved; newer verifiers let nothing be done with a pointer before it is compared.
Value* ProgramLowering::objectState(const decision::Value& value) {
  Value* state = operandState(value);
  ValueId first = value.operands[0];
  if (program_.values[first].type.kind != policy::TypeKind::Pointer || isProbed(first)) return state;
  Value* lost = builder_.CreateSelect(builder_.CreateICmpEQ(state, i32(LSMP_PRESENT)), i32(LSMP_IS_UNRESOLVED), state);
  return builder_.CreateSelect(isKernelAddress(this->value(first).words[0]), state, lost);
}

// What a function of the library leaves in the word on the stack.
Loaded ProgramLowering::word(const decision::Value& value, const char* function) {
  Value* state = objectState(value);
  return guarded(builder_.CreateICmpEQ(state, i32(LSMP_PRESENT)), state, {builder_.getInt64Ty()}, [&]() -> Loaded {
    std::vector<Value*> arguments = {asNumber(value.operands[0])};
    if (value.operands.size() > 1) arguments.push_back(this->value(value.operands[1]).words[0]);
    arguments.push_back(word_out_);
    Value* got = callLibrary(builder_, function, builder_.getInt32Ty(), arguments);
    return {comparison_.joined(got), {comparison_.joined(builder_.CreateLoad(builder_.getInt64Ty(), word_out_))}};
  });
}

Loaded ProgramLowering::given(const decision::Value& value) {
  Loaded from = this->value(value.operands[0]);
  Value* null = builder_.CreateAnd(builder_.CreateICmpEQ(from.state, i32(LSMP_PRESENT)), isNull(from.words[0]));
  return {builder_.CreateSelect(null, i32(LSMP_ABSENT), from.state), {asAddress(value.operands[0])}};
}

// An address that the verifier follows no longer: what the policy says of it may be wrong.
Loaded ProgramLowering::cast(const decision::Value& value) {
  Loaded from = this->value(value.operands[0]);
  if (isProbed(value.operands[0])) return from;
  Value* given = builder_.CreateNot(isNull(from.words[0]));
  return guarded(given, from.state, {builder_.getInt64Ty()}, [&]() -> Loaded { return {from.state, {asNumber(value.operands[0])}}; });
}

// Address and port of one sockaddr, or of one end of one socket, come from one call.
Loaded ProgramLowering::socket(const decision::Value& value) {
  Type* word = builder_.getInt64Ty();
  std::pair<std::string, std::vector<ValueId>> key{socketReader(value.builtin), value.operands};
  auto known = socket_cells_.find(key);
  if (known == socket_cells_.end())
    known = socket_cells_.emplace(key, memo_.add({builder_.getInt32Ty(), word, word, word}, "socket")).first;
  Memo::Words words = memo_.get(known->second, [&]() -> Memo::Words {
    Loaded whole = readSocket(value);
    return {whole.state, whole.words[0], whole.words[1], whole.words[2]};
  });
  return {words[0], {words[1], words[2], words[3]}};
}

Loaded ProgramLowering::readSocket(const decision::Value& value) {
  Type* word = builder_.getInt64Ty();
  Value* state = objectState(value);
  return guarded(builder_.CreateICmpEQ(state, i32(LSMP_PRESENT)), state, {word, word, word}, [&]() -> Loaded {
    std::vector<Value*> arguments = {asAddress(value.operands[0])};
    for (size_t i = 1; i < value.operands.size(); ++i)
      arguments.push_back(builder_.CreateTrunc(this->value(value.operands[i]).words[0], builder_.getInt32Ty()));
    arguments.push_back(socket_out_);
    Value* got = callLibrary(builder_, socketReader(value.builtin), builder_.getInt32Ty(), arguments);
    auto member = [&](Type* type, unsigned offset) {
      return builder_.CreateLoad(type, builder_.CreateConstGEP1_32(builder_.getInt8Ty(), socket_out_, offset));
    };
    return {got, {member(word, 0), member(word, 8), builder_.CreateZExt(member(builder_.getInt32Ty(), 16), word)}};
  });
}

Loaded ProgramLowering::mapBits(const decision::Value& value) {
  Loaded from = this->value(value.operands[0]);
  Value *state = from.state, *result = i64(0);
  for (size_t i = 1; i + 1 < value.operands.size(); i += 2) {
    Value* bits = this->value(value.operands[i]).words[0];
    Value* to = this->value(value.operands[i + 1]).words[0];
    Value* has = comparison_.different(builder_.CreateAnd(from.words[0], bits), i64(0));
    result = builder_.CreateOr(result, comparison_.choose(has, to, i64(0)));
  }
  return {state, {result}};
}

// Of a char array in the running kernel; 0 where a pointer leads to the text.
Value* ProgramLowering::arrayBytes(ValueId id) {
  if (program_.values[id].type.kind != policy::TypeKind::Record) return i32(0);
  return builder_.CreateTrunc(access_.info(chainOf(id).steps, kByteSize), builder_.getInt32Ty());
}

Loaded ProgramLowering::stringCall(const decision::Value& value, ValueId id) {
  bool takes_null = value.builtin != Builtin::FsPath && value.builtin != Builtin::UnixPath && value.builtin != Builtin::UnixName;
  Value* state = takes_null ? operandState(value) : objectState(value);
  Loaded got = guarded(builder_.CreateICmpEQ(state, i32(LSMP_PRESENT)), state, {}, [&]() -> Loaded {
    Value* slot = i32(slots_.of.at(id));
    Value* first = asNumber(value.operands[0]);
    // Where an answer was at hand the path may be wanted all the same: rarely, so its code is small.
    bool probed = isProbed(chainOf(value.operands[0]).base) || (reporting_ && (shows_by_probes_ || isCached(id)));
    Value* typed = probed ? first : builder_.CreateIntToPtr(asAddress(value.operands[0]), builder_.getPtrTy());
    Type* result = builder_.getInt32Ty();
    auto path = [&](const char* of_typed, const char* of_address, std::initializer_list<Value*> arguments) -> Loaded {
      return {callLibrary(builder_, probed ? of_address : of_typed, result, arguments), {}};
    };
    switch (value.builtin) {
      case Builtin::PathOf: return path("lsmp_path_of", "lsmp_probed_path_of", {slot, typed});
      case Builtin::PathAt: return path("lsmp_path_at", "lsmp_probed_path_at", {slot, typed, asNumber(value.operands[1])});
      case Builtin::FilePath:
        if (!probed && isCached(id)) return path("lsmp_file_path_since", "", {slot, typed, cache_seen_});
        return path("lsmp_file_path", "lsmp_probed_file_path", {slot, typed});
      case Builtin::FsPath: return path("lsmp_fs_path_of", "lsmp_fs_path", {slot, typed});
      case Builtin::CgroupPath: return {callLibrary(builder_, "lsmp_cgroup_path", result, {slot, first}), {}};
      case Builtin::UnixPath: {
        Value* length = builder_.CreateTrunc(this->value(value.operands[1]).words[0], builder_.getInt32Ty());
        return {callLibrary(builder_, "lsmp_unix_path", result, {slot, first, length}), {}};
      }
      case Builtin::UnixName: return {callLibrary(builder_, "lsmp_unix_name", result, {slot, first}), {}};
      case Builtin::Comm: return {callLibrary(builder_, "lsmp_comm", result, {slot, first}), {}};
      default: return {callLibrary(builder_, "lsmp_text", result, {slot, first, arrayBytes(value.operands[0])}), {}};
    }
  });
  return {comparison_.joined(got.state), {}};
}

}  // namespace lsmpc::lower
