// user("nginx") and group("adm"): constants of the host that a policy is loaded on.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/ast/ast.h"
#include "compiler/policy/policy.h"

namespace lsmpc::check {

std::optional<policy::AccountKind> accountKind(std::string_view function);
// What helps whoever wrote text where a number of this type stands.
std::string numberForText(const policy::ExprPtr& text, const policy::Type& type);
inline bool isAccount(const ast::Call& call) { return accountKind(call.callee.text).has_value(); }

}  // namespace lsmpc::check
