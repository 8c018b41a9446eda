#include "compiler/decision/texts.h"

#include <algorithm>

#include "compiler/ast/quoted.h"

namespace lsmpc::decision {
namespace {

std::string textOf(const match::Pattern& pattern) {
  bool glob = pattern.kind == match::Pattern::Kind::Glob;
  return ast::quoted(pattern.text, glob ? ast::Spelling::Glob : ast::Spelling::Text, ast::Charset::Ascii);
}

}  // namespace

std::string addressText(const ast::Address& address) {
  std::string out;
  if (address.v4) {
    for (size_t i = 12; i < 16; ++i) out += (out.empty() ? "" : ".") + std::to_string(address.bytes[i]);
    return out;
  }
  static constexpr char kHex[] = "0123456789abcdef";
  for (size_t i = 0; i < 16; ++i) {
    if (i != 0 && i % 2 == 0) out += ':';
    out += kHex[address.bytes[i] >> 4];
    out += kHex[address.bytes[i] & 15];
  }
  return out;
}

std::string elementsText(const Test& test, size_t most) {
  std::string out;
  size_t shown = 0, all = test.intervals.size() + test.cidrs.size();
  auto add = [&](const std::string& text) {
    if (shown++ < most) out += (out.empty() ? "" : ", ") + text;
  };
  for (const policy::Interval& i : test.intervals) add(policy::decimal(i.low) + (i.low == i.high ? "" : ".." + policy::decimal(i.high)));
  for (const ast::Cidr& c : test.cidrs) add(addressText(c.address) + "/" + std::to_string(c.prefix));
  if (most < all) out += ", … " + std::to_string(all - most) + " more";
  return "{" + out + "}";
}

std::vector<std::string> patternTexts(const match::Predicate& predicate, size_t most) {
  static constexpr std::string_view kKinds[] = {"==", "~", "under"};
  std::vector<std::string> texts;
  size_t shown = std::min(predicate.size(), most);
  for (size_t i = 0; i < shown; ++i)
    texts.push_back(std::string(kKinds[static_cast<size_t>(predicate[i].kind)]) + " " + textOf(predicate[i]));
  if (shown < predicate.size()) texts.push_back("… " + std::to_string(predicate.size() - shown) + " more");
  return texts;
}

std::string actionText(const policy::Rule& rule) {
  std::string out = rule.verdict == policy::Verdict::Allow  ? "allow"
                    : rule.verdict == policy::Verdict::Kill ? "kill " + rule.signal_name
                    : rule.verdict == policy::Verdict::Deny
                        ? "deny " + (rule.errno_name.empty() ? std::to_string(rule.errno_value) : rule.errno_name)
                        : "audit";
  if (rule.verdict == policy::Verdict::Allow && rule.event) out += " audit";
  if (rule.quiet) out += " quiet";
  if (rule.rate.limits()) out += " rate " + rule.rate.text;
  return out;
}

std::string subjectText(Table::Kind kind, const std::string& name) {
  static constexpr std::string_view kUnnamed[] = {"a path", "a number", "an address"};
  return name.empty() ? std::string(kUnnamed[static_cast<size_t>(kind)]) : name;
}

}  // namespace lsmpc::decision
