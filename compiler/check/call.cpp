// Functions: the closed table of builtins, and the forms exists(…), if(…), bits(…).
#include <algorithm>
#include <utility>

#include "compiler/check/account.h"
#include "compiler/check/expression.h"
#include "compiler/check/types.h"
#include "runtime/match/suggest.h"

namespace lsmpc::check {

using policy::Builtin;
using policy::TypeKind;

namespace {

constexpr Builtin kBuiltins[] = {
#define LSMPC_BUILTIN(name, spelling, arity, cost, absent, unresolved) Builtin::name,
#include "compiler/policy/builtins.def"
};

// What a builtin takes and gives, in terms of kernel records: pointers to `first` and `second` ("" for an integer).
struct Signature {
  Builtin builtin;
  std::string_view first, second;
  Type result;
};

const std::vector<Signature>& signatures() {
  static const std::vector<Signature> table = {
      {Builtin::CurrentPid, "", "", {.kind = TypeKind::Int, .bits = 32, .is_signed = true}},
      {Builtin::CurrentTid, "", "", {.kind = TypeKind::Int, .bits = 32, .is_signed = true}},
      {Builtin::PathOf, "path", "", {.kind = TypeKind::Path}},
      {Builtin::PathAt, "path", "dentry", {.kind = TypeKind::Path}},
      {Builtin::FilePath, "file", "", {.kind = TypeKind::Path}},
      {Builtin::Exe, "", "", {.kind = TypeKind::Path}},
      {Builtin::Ancestors, "", "", {.kind = TypeKind::Path}},
      {Builtin::ParentExe, "", "", {.kind = TypeKind::Path}},
      {Builtin::TaskExe, "task_struct", "", {.kind = TypeKind::Path}},
      {Builtin::Script, "", "", {.kind = TypeKind::Path}},
      {Builtin::AskedScript, "", "", {.kind = TypeKind::Path}},
      {Builtin::ExecStep, "file", "", {.kind = TypeKind::Int, .bits = 32}},
      {Builtin::Comm, "task_struct", "", {.kind = TypeKind::String, .capacity = 15}},
      {Builtin::Caps, "cred", "", {.kind = TypeKind::Flags, .name = "caps"}},
      {Builtin::SocketAddress, "sockaddr", "", {.kind = TypeKind::Ip}},
      {Builtin::SocketPort, "sockaddr", "", {.kind = TypeKind::Int, .bits = 16, .name = "port"}},
      {Builtin::LocalAddress, "sock", "", {.kind = TypeKind::Ip}},
      {Builtin::LocalPort, "sock", "", {.kind = TypeKind::Int, .bits = 16, .name = "port"}},
      {Builtin::PeerAddress, "sock", "", {.kind = TypeKind::Ip}},
      {Builtin::PeerPort, "sock", "", {.kind = TypeKind::Int, .bits = 16, .name = "port"}},
      {Builtin::UnixPath, "sockaddr", "", {.kind = TypeKind::String, .capacity = 110}},
      {Builtin::UnixName, "sock", "", {.kind = TypeKind::String, .capacity = 110}},
      {Builtin::FsPath, "dentry", "", {.kind = TypeKind::Path}},
      {Builtin::CgroupPath, "cgroup", "", {.kind = TypeKind::Path}},
      {Builtin::PidNamespace, "task_struct", "", {.kind = TypeKind::Pointer, .name = "pid_namespace"}},
      {Builtin::RootSuperblock, "", "", {.kind = TypeKind::Pointer, .name = "super_block"}},
      {Builtin::Be16, "", "", {.kind = TypeKind::Int, .bits = 16}},
  };
  return table;
}

}  // namespace

ExprPtr ExpressionChecker::call(const ast::Call& call, ast::Range range, const Type* expected) {
  const std::string& name = call.callee.text;
  if (name == "exists") return exists(call, range);
  if (auto kind = accountKind(name)) return account(*kind, call, range);
  auto found = std::find_if(std::begin(kBuiltins), std::end(kBuiltins), [&](Builtin b) { return policy::info(b).spelling == name; });
  if (found == std::end(kBuiltins)) {
    std::vector<std::string> names = {"exists"};
    for (const policy::AccountInfo& account : policy::kAccounts) names.emplace_back(account.spelling);
    for (Builtin b : kBuiltins) names.emplace_back(policy::info(b).spelling);
    auto nearest = match::nearest(name, names);
    auto message = emitter_.report(Kind::UnknownBuiltin, call.callee.range, name);
    if (nearest) message.hint("did you mean `" + *nearest + "`?");
    return nullptr;
  }
  int arity = policy::info(*found).arity;
  if (arity >= 0 && call.arguments.size() != static_cast<size_t>(arity)) {
    emitter_.report(Kind::WrongArguments, range, name, std::to_string(arity) + (arity == 1 ? " argument" : " arguments"));
    return nullptr;
  }
  if (*found == Builtin::If) return choice(call, range, expected);
  if (*found == Builtin::MapBits) return mapBits(call, range, expected);
  if (*found == Builtin::Cast) return cast(call, range);
  std::vector<ExprPtr> arguments;
  for (const ast::ExprPtr& argument : call.arguments)
    if (ExprPtr checked = value(*argument)) arguments.push_back(checked);
  if (arguments.size() != call.arguments.size()) return nullptr;
  if (*found == Builtin::Current) {
    Type task{.kind = TypeKind::Pointer};
    task.btf = targets_.record("task_struct").value_or(btf::TypeId{});
    return make(task, range, policy::BuiltinCall{*found, {}});
  }
  if (*found == Builtin::Given) {
    if (arguments[0]->type.kind == TypeKind::Pointer) return make(arguments[0]->type, range, policy::BuiltinCall{*found, arguments});
    emitter_.report(Kind::BadOperand, arguments[0]->range, name, describe(arguments[0])).hint("a pointer stands here");
    return nullptr;
  }
  if (*found == Builtin::Text) {
    ExprPtr string = text(arguments[0]);
    if (string && isText(string->type)) return string;
    emitter_.report(Kind::BadOperand, arguments[0]->range, name, describe(arguments[0]));
    return nullptr;
  }
  if (*found == Builtin::Either) {
    if (arguments[0]->type == arguments[1]->type && isText(arguments[0]->type))
      return make(arguments[0]->type, range, policy::BuiltinCall{*found, arguments});
    emitter_.report(Kind::BadOperand, range, name, describe(arguments[0]));
    return nullptr;
  }
  return ofSignature(*found, std::move(arguments), range);
}

ExprPtr ExpressionChecker::ofSignature(Builtin builtin, std::vector<ExprPtr> arguments, ast::Range range) {
  const Signature& signature =
      *std::find_if(signatures().begin(), signatures().end(), [&](const Signature& s) { return s.builtin == builtin; });
  for (size_t i = 0; i < arguments.size(); ++i) {
    std::string_view record = i == 0 ? signature.first : signature.second;
    const Type& type = arguments[i]->type;
    bool is_pointer = type.kind == TypeKind::Pointer, is_object = is_pointer || type.kind == TypeKind::Record;
    bool is_untyped = is_pointer && targets_.type(type.btf).shape == btf::Shape::Void;  // such as msghdr's msg_name
    bool good = record.empty() ? isInteger(type) : is_untyped || (is_object && targets_.type(type.btf).name == record);
    if (good) continue;
    emitter_.report(Kind::BadOperand, arguments[i]->range, policy::info(builtin).spelling, describe(arguments[i]))
        .hint(record.empty() ? "an integer stands here" : "a `struct " + std::string(record) + "` stands here");
    return nullptr;
  }
  Type result = signature.result;
  if (result.kind == TypeKind::Pointer) result.btf = targets_.record(std::exchange(result.name, "")).value_or(btf::TypeId{});
  return make(result, range, policy::BuiltinCall{builtin, std::move(arguments)});
}

ExprPtr ExpressionChecker::choice(const ast::Call& call, ast::Range range, const Type* expected) {
  ExprPtr condition = this->condition(*call.arguments[0]);
  size_t before = guards_.size();
  collectGuards(*call.arguments[0], guards_);
  ExprPtr then = value(*call.arguments[1], expected);
  guards_.resize(before);
  ExprPtr otherwise = value(*call.arguments[2], expected);
  if (!condition || !then || !otherwise) return nullptr;
  bool numbers = isInteger(then->type) && isInteger(otherwise->type);
  std::optional<Type> type = then->type.kind == otherwise->type.kind || numbers ? choiceType(then, otherwise) : std::nullopt;
  if (type) return make(*type, range, policy::BuiltinCall{Builtin::If, {condition, then, otherwise}});
  emitter_.report(Kind::TypeMismatch, range, "if", describe(then), describe(otherwise));
  return nullptr;
}

// Of a constant beside a value the value's, as long as that can hold it.
std::optional<Type> ExpressionChecker::choiceType(const ExprPtr& then, const ExprPtr& otherwise) const {
  auto *one = std::get_if<policy::IntConst>(&then->node), *other = std::get_if<policy::IntConst>(&otherwise->node);
  if (one && !other) return then->type.kind == TypeKind::Int ? commonType(otherwise->type, narrowestOf(one->value)) : otherwise->type;
  if (other && !one && otherwise->type.kind == TypeKind::Int) return commonType(then->type, narrowestOf(other->value));
  return commonType(then->type, otherwise->type);
}

ExprPtr ExpressionChecker::mapBits(const ast::Call& call, ast::Range range, const Type* expected) {
  if (call.arguments.size() < 3 || call.arguments.size() % 2 == 0) {
    emitter_.report(Kind::WrongArguments, range, "bits", "a value, then pairs of a mask and what it becomes");
    return nullptr;
  }
  std::vector<ExprPtr> arguments;
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    bool to = i > 0 && i % 2 == 0;
    ExprPtr argument = value(*call.arguments[i], to ? expected : nullptr);
    if (!argument) return nullptr;
    bool constant = std::holds_alternative<policy::IntConst>(argument->node);
    if (i > 0 && !constant) {
      emitter_.report(Kind::NotConstant, argument->range, describe(argument));
      return nullptr;
    }
    if (i == 0 && !isInteger(argument->type)) {
      emitter_.report(Kind::BadOperand, argument->range, "bits", describe(argument));
      return nullptr;
    }
    arguments.push_back(std::move(argument));
  }
  Type type = arguments[2]->type;
  type.bits = 64;
  return make(type, range, policy::BuiltinCall{Builtin::MapBits, std::move(arguments)});
}

ExprPtr ExpressionChecker::cast(const ast::Call& call, ast::Range range) {
  auto* path = call.arguments.size() == 2 ? std::get_if<ast::Path>(&call.arguments[1]->node) : nullptr;
  if (!path || path->names.size() != 1) {
    emitter_.report(Kind::WrongArguments, range, "cast",
                    "a pointer and the name of what it points to: `cast(arg.file.private_data, pipe_inode_info)`");
    return nullptr;
  }
  ExprPtr pointer = value(*call.arguments[0]);
  if (!pointer) return nullptr;
  if (pointer->type.kind != TypeKind::Pointer) {
    emitter_.report(Kind::BadOperand, pointer->range, "cast", describe(pointer)).hint("a pointer stands here");
    return nullptr;
  }
  const ast::Name& name = path->names[0];
  auto record = targets_.record(name.text);
  btf::TargetMask lacking = hook_.targets & ~(record ? targets_.type(*record).present : 0);
  if (lacking != 0) {
    emitter_.report(Kind::UnknownRecord, name.range, name.text, targets_.names(lacking))
        .hint(
            "of the kernels that come with lsmpc policies have what hooks lead to; `--target running`, or a path to a kernel's BTF, has "
            "all of it");
    return nullptr;
  }
  Type type{.kind = TypeKind::Pointer};
  type.btf = *record;
  return make(type, range, policy::BuiltinCall{Builtin::Cast, {pointer}});
}

ExprPtr ExpressionChecker::exists(const ast::Call& call, ast::Range range) {
  if (call.arguments.size() != 1) {
    emitter_.report(Kind::WrongArguments, range, "exists", "1 argument: a member such as `arg.file.f_path`");
    return nullptr;
  }
  bool outer = std::exchange(probing_, true);
  ExprPtr member = value(*call.arguments[0]);
  probing_ = outer;
  if (!member) return nullptr;
  if (!std::holds_alternative<policy::Field>(member->node)) {
    emitter_.report(Kind::WrongArguments, range, "exists", "a member such as `arg.file.f_path`");
    return nullptr;
  }
  // A target may lack any hop of the way, not only the last.
  ExprPtr all;
  for (const policy::Field* field = std::get_if<policy::Field>(&member->node); field;
       field = std::get_if<policy::Field>(&field->base->node)) {
    if (all && (field->path.present & hook_.targets) == hook_.targets) continue;
    ExprPtr one = make({.kind = TypeKind::Bool}, range, policy::Exists{field->path});
    all = all ? make({.kind = TypeKind::Bool}, range, policy::Logic{true, one, all}) : one;
  }
  return all;
}

void ExpressionChecker::collectGuards(const ast::Expr& condition, std::vector<std::string>& guards) const {
  if (auto* both = std::get_if<ast::Binary>(&condition.node); both && both->op == ast::BinaryOp::And) {
    collectGuards(*both->left, guards);
    collectGuards(*both->right, guards);
  }
  auto* call = std::get_if<ast::Call>(&condition.node);
  if (call && call->callee.text == "exists" && call->arguments.size() == 1) guards.push_back(ast::print(*call->arguments[0]));
}

}  // namespace lsmpc::check
