#include "compiler/check/account.h"

#include <algorithm>

#include "compiler/check/expression.h"

namespace lsmpc::check {

using policy::AccountKind;

namespace {

constexpr size_t kMaxName = 255;

bool isNumber(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Such as can stand in a line of the account files.
bool isName(std::string_view name) {
  auto ends = [](char c) { return c == ':' || static_cast<unsigned char>(c) < 0x20; };
  return !name.empty() && name.size() <= kMaxName && !isNumber(name) && std::none_of(name.begin(), name.end(), ends);
}

}  // namespace

std::optional<AccountKind> accountKind(std::string_view function) {
  for (const policy::AccountInfo& one : policy::kAccounts)
    if (one.spelling == function) return one.kind;
  return std::nullopt;
}

std::string numberForText(const ExprPtr& text, const Type& type) {
  auto* name = std::get_if<policy::StringConst>(&text->node);
  for (const policy::AccountInfo& one : policy::kAccounts)
    if (name && one.type == type.name && isName(name->value))
      return "a " + std::string(one.spelling) + " of the host is `" + policy::print(policy::Account{one.kind, name->value}) + "`";
  return "a number stands without quotes, and names are not looked up";
}

ExprPtr ExpressionChecker::account(AccountKind kind, const ast::Call& call, ast::Range range) {
  std::string function(policy::info(kind).spelling), way_out = "such as `" + function + "(\"adm\")`";
  if (call.arguments.size() != 1) {
    emitter_.report(Kind::WrongArguments, range, function, "1 argument: a name in quotes");
    return nullptr;
  }
  ExprPtr argument = value(*call.arguments[0]);
  if (!argument) return nullptr;
  auto* name = std::get_if<policy::StringConst>(&argument->node);
  if (!name) {
    emitter_.report(Kind::NotConstant, argument->range, describe(argument)).hint("a name stands in quotes, " + way_out);
    return nullptr;
  }
  if (!isName(name->value)) {
    bool number = !name->value.empty() && isNumber(name->value);
    emitter_.report(Kind::BadAccountName, argument->range, name->value, function)
        .hint(number ? "a number stands alone: `" + name->value + "`" : "a name has 1 to 255 bytes, no `:` and no control characters");
    return nullptr;
  }
  return make({.kind = policy::TypeKind::Int, .bits = 32, .name = std::string(policy::info(kind).type)}, range,
              policy::Account{kind, name->value});
}

}  // namespace lsmpc::check
