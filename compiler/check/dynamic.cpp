// Sets that can change while the policy is loaded: their first elements, each by itself.
#include <algorithm>

#include "compiler/check/account.h"
#include "compiler/check/expression.h"
#include "compiler/check/types.h"
#include "runtime/abi/set_layout.h"

namespace lsmpc::check {

using policy::TypeKind;

namespace {

std::string bytesOf(policy::Int number) {
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(static_cast<uint64_t>(number) >> 8 * i);
  return bytes;
}

// Its prefix, of 128 bits, and its address without the host's part.
std::string bytesOf(const ast::Cidr& cidr) {
  unsigned prefix = cidr.prefix + (cidr.address.v4 ? 96u : 0u);
  std::string bytes(1, static_cast<char>(prefix));
  for (unsigned i = 0; i < 16; ++i) {
    unsigned kept = std::min(8u, prefix - std::min(prefix, i * 8));
    bytes += static_cast<char>(cidr.address.bytes[i] & (0xff00 >> kept));
  }
  return bytes;
}

}  // namespace

// The element's bytes, or nothing after an error.
std::optional<std::string> ExpressionChecker::dynamicElement(const ast::Expr& element, const Type& type) {
  if (!constantOnly(element, "a dynamic set holds constants, each by itself")) return std::nullopt;
  if (std::holds_alternative<ast::SpanExpr>(element.node)) {
    emitter_.report(Kind::DynamicElement, element.range, "a range").hint("write each number, or leave out `dynamic`");
    return std::nullopt;
  }
  if (type.kind == TypeKind::Ip) {
    std::vector<ast::Cidr> cidrs;
    return this->cidrs(element, cidrs) ? std::optional(bytesOf(cidrs.front())) : std::nullopt;
  }
  if (isText(type)) {
    std::vector<match::Pattern> patterns;
    if (!patternElement(element, match::Pattern::Kind::Literal, type, patterns)) return std::nullopt;
    return patterns.front().text;
  }
  Numbers numbers;
  if (!this->numbers(element, type, numbers)) return std::nullopt;
  if (!numbers.intervals.empty()) return bytesOf(numbers.intervals.front().low);
  emitter_.report(Kind::DynamicElement, element.range, "an id that is known when the policy is loaded")
      .hint("join the set and the id: `uid in SET or uid == user(…)`");
  return std::nullopt;
}

// `type`: of what is looked for in it.
std::shared_ptr<const policy::DynamicSet> ExpressionChecker::dynamicSet(const ast::SetDeclaration& set, const ast::SetLiteral& elements,
                                                                        const Type& type) {
  if (set.element_type.text == "glob") return nullptr;
  policy::DynamicSet result{set.name.text, set.element_type.text, 0, {}};
  bool good = true;
  for (const ast::ExprPtr& element : elements.elements) {
    auto bytes = dynamicElement(*element, type);
    good &= bytes.has_value();
    if (bytes) result.first.push_back(std::move(*bytes));
  }
  std::sort(result.first.begin(), result.first.end());
  result.first.erase(std::unique(result.first.begin(), result.first.end()), result.first.end());
  auto max = maximum(set);
  if (!max || !good) return nullptr;
  result.max = *max;
  return std::make_shared<policy::DynamicSet>(std::move(result));
}

std::optional<uint32_t> ExpressionChecker::maximum(const ast::SetDeclaration& set) {
  const std::string& digits = set.max->text;
  bool plain = digits.find_first_not_of("0123456789") == std::string::npos && digits.size() < 10;
  uint32_t max = plain ? static_cast<uint32_t>(std::stoul(digits)) : 0;
  if (max >= 1 && max <= LSMP_MOST_DYNAMIC) return max;
  emitter_.report(Kind::BadMaximum, set.max->range, digits, std::to_string(LSMP_MOST_DYNAMIC));
  return std::nullopt;
}

// `range`: where there can be too many.
std::shared_ptr<const policy::DynamicSet> ExpressionChecker::dynamicHolding(const ast::SetDeclaration& set, const ast::SetLiteral& elements,
                                                                            ast::Range range) {
  if (set.element_type.text == "glob") {
    emitter_.report(Kind::DynamicType, set.element_type.range, "glob").hint("`path` and `string` hold whole values; patterns are compiled");
    return nullptr;
  }
  if (set.element_type.text == "ip")
    for (const ast::ExprPtr& element : elements.elements) isNetworkInIpSet(*element, set);
  auto made = dynamicSet(set, elements, elementType(set.element_type.text));
  if (!made || made->first.size() <= made->max) return made;
  emitter_.report(Kind::DynamicFull, range, set.name.text, std::to_string(made->max), std::to_string(made->first.size()))
      .hint("write a larger `max`: it is what a loaded policy can ever hold");
  return nullptr;
}

}  // namespace lsmpc::check
