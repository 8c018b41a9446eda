#include "compiler/check/rule.h"

#include <algorithm>
#include <cerrno>
#include <charconv>

#include "runtime/match/suggest.h"
#include "stdlib/constants/constants.h"

namespace lsmpc::check {
namespace {

constexpr int kMaxErrno = 133;  // EHWPOISON, the last of include/uapi/asm-generic/errno.h

using diag::Kind;

struct RefusedErrno {
  std::string_view hook;
  int value;
  std::string_view name, reason;
};
constexpr RefusedErrno kRefusedErrnos[] = {
#define LSMPC_REFUSED_ERRNO(hook, name, reason) {#hook, name, #name, reason},
#include "compiler/check/refused_errnos.def"
};

std::string_view spelling(ast::ActionKind kind) {
  switch (kind) {
    case ast::ActionKind::Deny: return "deny";
    case ast::ActionKind::Allow: return "allow";
    case ast::ActionKind::Kill: return "kill";
    case ast::ActionKind::Audit: return "audit";
    case ast::ActionKind::Quiet: return "quiet";
    case ast::ActionKind::Rate: return "rate";
  }
  return "";
}

// Comments go and white space becomes one space, but not inside strings: there both are the author's text.
std::string folded(std::string_view text) {
  std::string result;
  bool comment = false, quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (quoted) {
      result += c;
      if (c == '\\' && i + 1 < text.size()) result += text[++i];
      quoted = c != '"';
      continue;
    }
    if (c == '#') comment = true;
    if (c == '\n') comment = false;
    quoted = c == '"' && !comment;
    bool space = comment || c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space)
      result += c;
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  }
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

bool isDecision(ast::ActionKind kind) { return kind <= ast::ActionKind::Kill; }

policy::Verdict verdictOf(ast::ActionKind kind) {
  switch (kind) {
    case ast::ActionKind::Deny: return policy::Verdict::Deny;
    case ast::ActionKind::Allow: return policy::Verdict::Allow;
    case ast::ActionKind::Kill: return policy::Verdict::Kill;
    default: return policy::Verdict::None;
  }
}

std::vector<ast::Action>::const_iterator refusalOf(const ast::On& on) {
  return std::find_if(on.actions.begin(), on.actions.end(),
                      [](const ast::Action& a) { return a.kind == ast::ActionKind::Deny || a.kind == ast::ActionKind::Kill; });
}

struct HiddenErrno {
  std::string_view hook, seen, why;
};
constexpr HiddenErrno kHiddenErrnos[] = {
#define LSMPC_HIDDEN_ERRNO(hook, seen, why) {#hook, seen, why},
#include "compiler/check/hidden_errno.def"
};

void warnHiddenErrno(const ast::Name& hook, const ast::Name& named, diag::Emitter& emitter) {
  for (const HiddenErrno& hidden : kHiddenErrnos)
    if (hidden.hook == hook.text && hidden.seen != named.text)
      emitter.report(Kind::ErrnoHidden, named.range, named.text, std::string(hidden.seen), std::string(hidden.why));
}

// The actions of a rule, one of each kind; of deny, allow and kill one together.
struct Parts {
  const ast::Action *decision = nullptr, *audit = nullptr, *quiet = nullptr, *rate = nullptr;

  const ast::Action*& placeOf(ast::ActionKind kind) {
    if (isDecision(kind)) return decision;
    return kind == ast::ActionKind::Audit ? audit : kind == ast::ActionKind::Quiet ? quiet : rate;
  }
};

bool takeAction(const ast::Action& action, policy::Rule& rule, diag::Emitter& emitter) {
  if (action.kind == ast::ActionKind::Audit) rule.message = action.message.value_or("");
  if (action.kind == ast::ActionKind::Rate) return setRate(action, rule, emitter);
  bool kills = action.kind == ast::ActionKind::Kill;
  bool good = !kills || setSignal(action.signal_name.value_or(ast::Name{"SIGKILL", action.range}), rule, emitter);
  if (action.kind != ast::ActionKind::Deny && !kills) return good;
  rule.errno_value = 1;
  rule.errno_name = "EPERM";
  if (!action.errno_name) return good;
  rule.errno_name.clear();
  return setErrno(*action.errno_name, rule, emitter) && good;
}

// What a rule says of its events must make sense together.
bool agree(const Parts& parts, const policy::Rule& rule, diag::Emitter& emitter) {
  size_t errors = emitter.errorCount();
  if (parts.quiet && !parts.decision)
    emitter.report(Kind::QuietWithoutDecision, parts.quiet->range);
  else if (parts.quiet && parts.audit)
    emitter.report(Kind::QuietAudit, parts.quiet->range);
  else if (parts.quiet && parts.rate)
    emitter.report(Kind::QuietRate, parts.rate->range).note(parts.quiet->range, "suppressed here").hint("leave out one of them");
  else if (parts.rate && !rule.event)
    emitter.report(Kind::RateWithoutEvent, parts.rate->range)
        .hint(parts.decision ? "`allow audit` makes an event of what is permitted" : "a decision or `audit` stands before it");
  return emitter.errorCount() == errors;
}

}  // namespace

bool setErrno(const ast::Name& name, policy::Rule& rule, diag::Emitter& emitter) {
  int number = 0;
  const char* end = name.text.data() + name.text.size();
  if (std::from_chars(name.text.data(), end, number).ptr == end) {
    if (number < 1 || number > kMaxErrno) {
      emitter.report(Kind::BadErrnoNumber, name.range, name.text);
      return false;
    }
    rule.errno_value = number;
    for (const constants::Constant& constant : constants::all())
      if (constant.group == "errno" && constant.value == number && rule.errno_name.empty()) rule.errno_name = constant.name;
    return true;
  }
  const constants::Constant* constant = constants::find(name.text);
  if (!constant || constant->group != "errno" || constant->value < 1 || constant->value > kMaxErrno) {
    std::vector<std::string> names;
    for (const constants::Constant& one : constants::all())
      if (one.group == "errno") names.emplace_back(one.name);
    auto nearest = match::nearest(name.text, names);
    auto message = emitter.report(Kind::UnknownErrno, name.range, name.text);
    message.hint(nearest ? "did you mean `" + *nearest + "`?" : "an errno of the kernel's headers: EPERM, EACCES, ENOENT …");
    return false;
  }
  rule.errno_value = static_cast<int>(constant->value);
  rule.errno_name = constant->name;
  return true;
}

std::string foldedText(const base::SourceSet& sources, base::Range range) { return folded(sources.text(range)); }

std::string ruleId(const std::string& text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (unsigned char c : text) hash = (hash ^ c) * 0x100000001b3;
  std::string id;
  for (int shift = 28; shift >= 0; shift -= 4) id += "0123456789abcdef"[(hash >> 32 ^ hash) >> shift & 15];
  return id;
}

std::optional<policy::Rule> checkActions(const ast::On& on, const base::SourceSet& sources, diag::Emitter& emitter) {
  policy::Rule rule;
  rule.range = on.range;
  rule.file = sources.file(on.range.file).name();
  rule.line = sources.file(on.range.file).position(on.range.begin).line;
  rule.text = foldedText(sources, on.range);
  Parts parts;
  bool good = true;
  for (const ast::Action& action : on.actions) {
    const ast::Action*& place = parts.placeOf(action.kind);
    if (place && isDecision(action.kind)) {
      emitter.report(Kind::TwoDecisions, action.range, spelling(action.kind), spelling(place->kind)).note(place->range, "decided here");
      good = false;
    } else if (place) {
      emitter.report(Kind::RepeatedAction, action.range, spelling(action.kind));
      good = false;
    }
    place = &action;
    good &= takeAction(action, rule, emitter);
  }
  if (parts.decision) rule.verdict = verdictOf(parts.decision->kind);
  rule.quiet = parts.quiet != nullptr;
  rule.event = parts.audit || (policy::refuses(rule.verdict) && !rule.quiet);
  return agree(parts, rule, emitter) && good ? std::optional(rule) : std::nullopt;
}

bool checkErrno(const ast::On& on, const ast::Name& name, const btf::Hook& hook, const policy::Rule& rule, diag::Emitter& emitter) {
  if (!policy::refuses(rule.verdict)) return true;
  auto deny = refusalOf(on);
  if (hook.consent != 0 && rule.errno_value == hook.consent) {
    emitter.report(Kind::ErrnoConsents, deny->range, hook.name, rule.errno_name).hint("every other errno denies");
    return false;
  }
  for (const RefusedErrno& refused : kRefusedErrnos) {
    if (refused.hook != hook.name || refused.value != rule.errno_value) continue;
    emitter.report(Kind::ErrnoRefused, deny->range, hook.name, refused.name, refused.reason)
        .note(name.range, "this hook")
        .hint("another errno, such as EPERM");
    return false;
  }
  return true;
}

void reportUnknownHook(const ast::Name& name, const btf::TargetSet& targets, const Scope& scope, diag::Emitter& emitter) {
  std::vector<std::string> names = scope.groupNames();
  for (const btf::Hook& other : targets.hooks()) names.push_back(other.name);
  auto nearest = match::nearest(name.text, names);
  auto message = emitter.report(Kind::UnknownHook, name.range, name.text, targets.names(targets.all()));
  std::string use = scope.useFor(name.text);
  message.hint(!use.empty() ? use : nearest ? "did you mean `" + *nearest + "`?" : "`lsmpc hooks` lists them");
  if (nearest && use.empty()) message.fix(name.range, *nearest);
}

const btf::Hook* usableHook(const ast::Name& name, const btf::TargetSet& targets, const Scope& scope, bool quiet, diag::Emitter& emitter) {
  const btf::Hook* hook = targets.hook(name.text);
  if (!hook && !quiet) reportUnknownHook(name, targets, scope, emitter);
  if (!hook || hook->use != btf::HookUse::Refused) return hook;
  if (!quiet) emitter.report(Kind::HookRefused, name.range, name.text, hook->reason);
  return nullptr;
}

bool canRefuse(const btf::Hook& hook, base::Range named, base::Range refusal, bool kills, diag::Emitter& emitter) {
  if (hook.use != btf::HookUse::Deny)
    emitter.report(Kind::CannotDeny, refusal, hook.name, hook.reason).note(named, "this hook").hint("`audit` works there");
  else if (kills && !hook.actor)
    emitter.report(Kind::NoActor, refusal, hook.name, "kill").note(named, "this hook").hint("`deny` works there");
  else
    return true;
  return false;
}

const btf::Hook* checkHook(const ast::On& on, const ast::Name& name, const btf::TargetSet& targets, const Scope& scope, bool quiet,
                           btf::TargetMask& mask, diag::Emitter& emitter) {
  const btf::Hook* hook = usableHook(name, targets, scope, quiet, emitter);
  if (!hook) return nullptr;
  auto deny = refusalOf(on);
  bool refuses = deny != on.actions.end();
  if (refuses && !canRefuse(*hook, name.range, deny->range, deny->kind == ast::ActionKind::Kill, emitter)) return nullptr;
  mask = targets.all() & hook->present;
  if (mask != targets.all() && !on.if_present && !quiet) {
    emitter.report(Kind::HookNotOnTarget, name.range, name.text, targets.names(targets.all() & ~mask))
        .hint("`on " + name.text + " if present` skips the targets that lack it");
    return nullptr;
  }
  if (mask != targets.all() && !quiet) emitter.report(Kind::HookSkipped, name.range, name.text, targets.names(targets.all() & ~mask));
  if (refuses && deny->errno_name) warnHiddenErrno(name, *deny->errno_name, emitter);
  return hook;
}

}  // namespace lsmpc::check
