#include "compiler/analyze/event.h"

namespace lsmpc::analyze {
namespace {

using policy::Builtin;
using policy::Expr;
using policy::TypeKind;

const policy::BuiltinCall* callOf(const Expr& expr, Builtin builtin) {
  auto* call = std::get_if<policy::BuiltinCall>(&expr.node);
  return call && call->builtin == builtin ? call : nullptr;
}

constexpr std::string_view kAnonymous = "mmap_file";  // memory may be mapped without a file (mm/util.c: vm_mmap_pgoff)

// Pointers that are never NULL: of a task (include/linux/sched.h), of an open file (fs/open.c: do_dentry_open).
bool isKept(const Expr& pointer, const policy::HookPolicy& hook) {
  auto isFile = [&](const Expr& place) {
    auto* argument = std::get_if<policy::Argument>(&place.node);
    return argument && argument->name == hook.hook.file_argument && hook.hook.name != kAnonymous;
  };
  auto* field = std::get_if<policy::Field>(&pointer.node);
  if (!field) return isFile(pointer);
  std::string member = btf::textOf(field->path);
  return (callOf(*field->base, Builtin::Current) && member == ".cred") || (isFile(*field->base) && member == ".f_inode");
}

// The program of a task in a mount namespace that is not the host's own: no pattern matches it.
bool mayBeForeign(Builtin builtin) {
  return builtin == Builtin::Exe || builtin == Builtin::ParentExe || builtin == Builtin::TaskExe || builtin == Builtin::Script ||
         builtin == Builtin::AskedScript;
}

// A walk that is too long or leads nowhere, whatever it begins with.
bool isWalked(Builtin builtin) {
  switch (builtin) {
    case Builtin::PathOf:
    case Builtin::PathAt:
    case Builtin::FilePath:
    case Builtin::Exe:
    case Builtin::ParentExe:
    case Builtin::TaskExe:
    case Builtin::Script: return true;
    default: return false;
  }
}

TextShape shapeOf(const Expr& place) {
  TextShape shape;
  shape.alphabet = place.type.kind == TypeKind::Path ? match::Alphabet::Path : match::Alphabet::String;
  shape.capacity = place.type.capacity;
  auto* call = std::get_if<policy::BuiltinCall>(&place.node);
  if (!call) return shape;
  shape.many = call->builtin == Builtin::Ancestors;
  bool named = call->builtin == Builtin::PathAt;
  shape.root = !named && call->builtin != Builtin::FilePath;
  shape.nothing =
      !named && call->builtin != Builtin::CgroupPath && call->builtin != Builtin::UnixPath && call->builtin != Builtin::UnixName;
  return shape;
}

// What this path is that of; "": of none that is known.
std::string dentryOf(const policy::BuiltinCall& call, const policy::HookPolicy& hook) {
  switch (call.builtin) {
    case Builtin::FilePath: return keyOf(*call.arguments[0], hook) + ".f_path.dentry";
    case Builtin::PathOf: return keyOf(*call.arguments[0], hook) + ".dentry";
    case Builtin::PathAt: return keyOf(*call.arguments[1], hook);
    case Builtin::FsPath: return keyOf(*call.arguments[0], hook);
    default: return "";
  }
}

}  // namespace

std::string keyOf(const Expr& place, const policy::HookPolicy& hook) {
  if (auto* attribute = std::get_if<policy::AttributeRef>(&place.node)) return keyOf(*hook.attributes[attribute->index].value, hook);
  if (auto* field = std::get_if<policy::Field>(&place.node)) return keyOf(*field->base, hook) + btf::textOf(field->path);
  auto* call = std::get_if<policy::BuiltinCall>(&place.node);
  if (!call) return policy::print(place, hook);
  std::string key(policy::info(call->builtin).spelling);
  for (const policy::ExprPtr& argument : call->arguments) key += (&argument == &call->arguments.front() ? "(" : ", ") + keyOf(*argument, hook);
  return key + (call->arguments.empty() ? "()" : ")");
}

Lit Event::unusual(bool likely) {
  unusual_.push_back(formula_.fresh());
  if (!likely) unlikely_.push_back(unusual_.back());
  return unusual_.back();
}

Lit Event::unknown(const std::string& key) {
  auto [known, added] = unknowns_.emplace(key, 0);
  if (added) known->second = formula_.fresh();
  return known->second;
}

Lit Event::isNull(const Expr& pointer, const policy::HookPolicy& hook, bool usual) {
  if (callOf(pointer, Builtin::Current) || (!usual && isKept(pointer, hook))) return kFalse;
  if (auto* call = callOf(pointer, Builtin::Given)) return isNull(*call->arguments[0], hook, true);
  if (auto* call = callOf(pointer, Builtin::Cast)) return isNull(*call->arguments[0], hook, usual);
  if (auto* attribute = std::get_if<policy::AttributeRef>(&pointer.node))
    return isNull(*hook.attributes[attribute->index].value, hook, usual);
  auto [known, added] = nulls_.emplace(keyOf(pointer, hook), Null{0, usual});
  if (added) known->second.lit = formula_.fresh();
  known->second.usual |= usual;
  return known->second.lit;
}

Reach Event::reach(const Expr& pointer, const policy::HookPolicy& hook) {
  if (auto* attribute = std::get_if<policy::AttributeRef>(&pointer.node)) return reach(*hook.attributes[attribute->index].value, hook);
  if (auto* call = callOf(pointer, Builtin::Cast)) return reach(*call->arguments[0], hook);
  bool given = false;
  const Expr* place = &pointer;
  if (auto* call = callOf(pointer, Builtin::Given)) given = true, place = call->arguments[0].get();
  Reach before;
  if (auto* field = std::get_if<policy::Field>(&place->node)) before = reach(*field->base, hook);
  if (place->type.kind != TypeKind::Pointer) return before;
  Lit null = isNull(*place, hook, given);
  Lit here = formula_.both(-formula_.either(before.absent, before.unresolved), null);
  Lit& side = given ? before.absent : before.unresolved;
  side = formula_.either(side, here);
  return before;
}

const Value& Event::value(const Expr& place, const policy::HookPolicy& hook) {
  if (auto* account = std::get_if<policy::Account>(&place.node)) {
    auto [known, added] = accounts_.emplace(policy::print(*account), Account{*account, {}});
    if (added) known->second.value = {.absent = kFalse, .unresolved = unusual(true), .number = freshWord(formula_, 32, false)};
    return known->second.value;
  }
  std::string key = keyOf(place, hook);
  auto known = values_.find(key);
  return known != values_.end() ? known->second : values_.emplace(key, make(place, key, hook)).first->second;
}

// What the kernel never has: process ids above PID_MAX_LIMIT (include/linux/threads.h) or below 1.
void Event::bound(const policy::BuiltinCall& call, const Word& word) {
  constexpr policy::Int kMostPid = 4 * 1024 * 1024;
  if (call.builtin != Builtin::CurrentPid && call.builtin != Builtin::CurrentTid) return;
  formula_.require({less(formula_, constantWord(0), word, false)});
  formula_.require({less(formula_, word, constantWord(kMostPid), true)});
}

Value Event::plain(const policy::Type& type, const TextShape& shape) {
  Value value;
  if (policy::isText(type)) value.texts = {{kTrue, texts.add(shape), ""}};
  else if (type.kind == TypeKind::Ip) value.address = freshWord(formula_, 128, false).bits;
  else value.number = freshWord(formula_, type.kind == TypeKind::Bool ? 1 : type.bits, type.is_signed);
  return value;
}

// What one look at an address or a socket cannot tell is one question, whichever part is asked for. A plain read of an object fails where a
// pointer to that is bad, and only there.
Lit Event::unresolvedOf(const policy::BuiltinCall& call, const policy::HookPolicy& hook) {
  bool read = call.builtin == Builtin::Text || call.builtin == Builtin::Comm || call.builtin == Builtin::Caps;
  if (!policy::info(call.builtin).unresolved || read) return kFalse;
  std::string key = socketKey(call, hook);
  if (key.empty()) return unusual(isWalked(call.builtin));
  auto [known, added] = unknowns_.emplace("unresolved " + key, 0);
  if (added) known->second = unusual(false);
  return known->second;
}

Value Event::make(const Expr& place, const std::string& key, const policy::HookPolicy& hook) {
  if (auto* call = std::get_if<policy::BuiltinCall>(&place.node)) {
    Value value = called(*call, place, hook);
    bound(*call, value.number);
    const policy::BuiltinInfo& info = policy::info(call->builtin);
    Lit absent = info.absent ? socketAbsent(*call, hook, key) : kFalse;
    Lit unresolved = unresolvedOf(*call, hook);
    if (!value.texts.empty()) unresolved = formula_.both(unresolved, value.texts.front().when);  // no file has no path
    value.unresolved = formula_.either(value.unresolved, formula_.both(unresolved, -value.absent));
    value.absent = formula_.both(-value.unresolved, formula_.either(value.absent, absent));
    return value;
  }
  Value value = plain(place.type, shapeOf(place));
  auto* field = std::get_if<policy::Field>(&place.node);
  Reach reach = field ? this->reach(*field->base, hook) : Reach{};
  if (field && field->path.steps.back().bit_size) value.number.bits.resize(field->path.steps.back().bit_size);
  return value.absent = reach.absent, value.unresolved = reach.unresolved, value;
}

// NULL is what an answer cannot be had of; but a text is read where it points, and no file has no path.
Value Event::called(const policy::BuiltinCall& call, const Expr& place, const policy::HookPolicy& hook) {
  TextShape shape = shapeOf(place);
  if (mayBeForeign(call.builtin)) shape.foreign = unusual(false);
  Value value = plain(place.type, shape);
  if (std::string dentry = dentryOf(call, hook); !dentry.empty())
    (call.builtin == Builtin::FsPath ? fs_paths_ : paths_).emplace(dentry, *value.texts.front().text);
  for (const policy::ExprPtr& argument : call.arguments) {
    if (argument->type.kind != TypeKind::Pointer && argument->type.kind != TypeKind::Record) continue;
    if (callOf(*argument, Builtin::Current)) continue;
    if (call.builtin == Builtin::FilePath) {
      Lit null = isNull(*argument, hook, callOf(*argument, Builtin::Given) != nullptr);
      value.texts.front().when = -null;
      value.texts.push_back({null, std::nullopt, ""});
      auto* field = std::get_if<policy::Field>(&argument->node);
      Reach base = field ? reach(*field->base, hook) : Reach{};
      return value.absent = base.absent, value.unresolved = base.unresolved, value;
    }
    Reach one = reach(*argument, hook);
    value.unresolved = formula_.either(value.unresolved, formula_.both(one.unresolved, -value.absent));
    value.absent = formula_.either(value.absent, formula_.both(one.absent, -value.unresolved));
  }
  return value;
}

Lit Event::member(const policy::DynamicSet& set, const Member& member) {
  Set& known = sets_.emplace(set.name, Set{set, kFalse, {}}).first->second;
  for (const Member& one : known.members)
    if (one.key == member.key) return one.lit;
  known.members.push_back(member);
  return known.members.back().lit = formula_.fresh();
}

// The same value is in it or is not.
void Event::defineMembers(const Set& set) {
  for (size_t i = 0; i < set.members.size(); ++i)
    for (size_t j = 0; j < i; ++j) {
      const Member &one = set.members[i], &other = set.members[j];
      Lit same = sameValue(one.value, other.value, one.type);
      formula_.require({-same, -one.lit, other.lit});
      formula_.require({-same, one.lit, -other.lit});
    }
}

Lit Event::sameText(const Value& left, const Value& right) {
  auto literal = [](const std::string& text) { return std::vector<match::Pattern>{{match::Pattern::Kind::Literal, text}}; };
  std::vector<Lit> any;
  for (const TextChoice& one : left.texts)
    for (const TextChoice& other : right.texts) {
      Lit same = one.text && other.text ? texts.equal(*one.text, *other.text)
                 : one.text             ? texts.matches(*one.text, literal(other.constant))
                 : other.text           ? texts.matches(*other.text, literal(one.constant))
                                        : (one.constant == other.constant ? kTrue : kFalse);
      any.push_back(formula_.all({one.when, other.when, same}));
    }
  return formula_.any(any);
}

Lit Event::sameValue(const Value& left, const Value& right, const policy::Type& type) {
  if (policy::isText(type)) return sameText(left, right);
  if (type.kind != TypeKind::Ip) return equal(formula_, left.number, right.number);
  std::vector<Lit> same;
  for (size_t i = 0; i < left.address.size(); ++i) same.push_back(formula_.same(left.address[i], right.address[i]));
  return formula_.all(same);
}

Lit Event::unfilled(const policy::DynamicSet& set) {
  Set& known = sets_.emplace(set.name, Set{set, kFalse, {}}).first->second;
  if (known.unfilled == kFalse) known.unfilled = unusual(true);
  return known.unfilled;
}

std::vector<Lit> Event::usual() const {
  std::vector<Lit> assumed;
  for (Lit lit : unusual_) assumed.push_back(-lit);
  for (const auto& [key, null] : nulls_)
    if (!null.usual) assumed.push_back(-null.lit);
  return assumed;
}

std::vector<Lit> Event::likely() const {
  std::vector<Lit> assumed;
  for (Lit lit : unlikely_) assumed.push_back(-lit);
  return assumed;
}

// What has no path in its filesystem (a pipe, a socket) has none at all.
void Event::definePaths() {
  const std::vector<match::Pattern> nothing{{match::Pattern::Kind::Literal, ""}};
  for (const auto& [dentry, fs_path] : fs_paths_)
    if (auto path = paths_.find(dentry); path != paths_.end())
      formula_.require({-texts.matches(fs_path, nothing), texts.matches(path->second, nothing)});
}

bool Event::define(Candidates candidates) {
  definePaths();
  defineSockets();
  for (const auto& [name, set] : sets_) defineMembers(set);
  return texts.define(candidates);
}

}  // namespace lsmpc::analyze
