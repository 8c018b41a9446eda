// One `on` statement: its hooks, its actions, its name.
#pragma once

#include <optional>
#include <string>

#include "compiler/ast/ast.h"
#include "compiler/base/source.h"
#include "compiler/btf/target_set.h"
#include "compiler/check/scope.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/policy/policy.h"

namespace lsmpc::check {

// Verdict, errno, event and text of the statement. Nothing after an error.
std::optional<policy::Rule> checkActions(const ast::On& on, const base::SourceSet& sources, diag::Emitter& emitter);

// Errno of a `deny`, signal of a `kill`, by name or number. False after an error.
bool setErrno(const ast::Name& name, policy::Rule& rule, diag::Emitter& emitter);
bool setSignal(const ast::Name& name, policy::Rule& rule, diag::Emitter& emitter);

// Limit of a `rate`. False after an error.
bool setRate(const ast::Action& action, policy::Rule& rule, diag::Emitter& emitter);

// False, with an error, where the kernel or the hook's caller does not take the rule's errno for a refusal.
bool checkErrno(const ast::On& on, const ast::Name& name, const btf::Hook& hook, const policy::Rule& rule, diag::Emitter& emitter);

// The hook, if this rule may stand on it; `mask` gets the targets that have it. Null after an error. `quiet`: a target that lacks it
// is none, and no news.
const btf::Hook* checkHook(const ast::On& on, const ast::Name& name, const btf::TargetSet& targets, const Scope& scope, bool quiet,
                           btf::TargetMask& mask, diag::Emitter& emitter);

// The hook, if a policy can stand on it. Null after an error, which `quiet` leaves out.
const btf::Hook* usableHook(const ast::Name& name, const btf::TargetSet& targets, const Scope& scope, bool quiet, diag::Emitter& emitter);

// False, reported at `refusal`, where no policy can refuse or, for `kill`, whom it would kill is not the one who acts.
bool canRefuse(const btf::Hook& hook, base::Range named, base::Range refusal, bool kills, diag::Emitter& emitter);

void reportUnknownHook(const ast::Name& name, const btf::TargetSet& targets, const Scope& scope, diag::Emitter& emitter);

// Of source text: without comments, white space outside of strings as one space.
std::string foldedText(const base::SourceSet& sources, base::Range range);

// 8 hex digits of a canonical text (FNV-1a).
std::string ruleId(const std::string& text);

}  // namespace lsmpc::check
