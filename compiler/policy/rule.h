// Rules, hook by hook.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/btf/types.h"
#include "compiler/policy/expr.h"

namespace lsmpc::policy {

// An attribute on one hook. Shared by all rules of the hook, so that plan computes it once.
struct Attribute {
  std::string name;  // "path", "parent.pid"
  Type type;
  ExprPtr value;  // may hold AttributeRefs of lower index. Builtin::Either at its top: judged once per path
};

enum class Verdict : uint8_t { None, Allow, Deny, Kill };  // None: audit only
inline bool refuses(Verdict verdict) { return verdict == Verdict::Deny || verdict == Verdict::Kill; }

// At most so many events in each stretch of so many seconds. Never touches the verdict.
struct Rate {
  uint32_t events = 0;  // 0: without limit
  uint32_t seconds = 0;
  std::string text;  // as written: 10/s
  bool limits() const { return events != 0; }
};

struct Rule {
  std::string id;       // 8 hex digits of the rule's canonical text, "-2" … for twins: stable across edits of other rules
  uint32_t member = 0;  // into Policy::members, of a bundle
  std::string file;
  uint32_t line = 0;
  std::string text;  // as written, white space folded
  Verdict verdict = Verdict::None;
  int errno_value = 0;  // 1..133 with Deny, EPERM with Kill
  std::string errno_name;
  int signal_value = 0;  // 1..64 with Kill
  std::string signal_name;
  bool event = false;  // makes an event
  bool quiet = false;  // suppressed, counted
  Rate rate;
  std::string message;
  base::Range range;
};

struct HookRule {
  uint32_t rule;      // into Policy::rules
  ExprPtr condition;  // bool; a BoolConst true where there is no `when`
};

struct HookPolicy {
  uint32_t member = 0;  // into Policy::members, of a bundle: each has its own entry for a hook
  btf::Hook hook;
  btf::TargetMask targets = 0;  // fewer than all only with `if present`
  std::vector<Attribute> attributes;
  std::vector<uint32_t> event_attributes;  // those that an event of this hook shows (event_fields.def)
  std::vector<HookRule> rules;             // in source order
};

std::string print(const Expr& expr, const HookPolicy& hook);

}  // namespace lsmpc::policy
