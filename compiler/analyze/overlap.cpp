#include "compiler/analyze/overlap.h"

#include <algorithm>

#include "compiler/analyze/event.h"
#include "compiler/policy/children.h"
#include "runtime/match/alternatives.h"

namespace lsmpc::analyze {
namespace {

using match::ByteSet;
using match::Pattern;
using Form = Need::Form;

constexpr size_t kMostAlternatives = 64;  // of one pattern that are written out

Form formOf(const match::Alternative& alternative) {
  Form form;
  bool begins = true;
  for (const match::GlobItem* item : alternative) {
    bool many = item->kind == match::GlobItem::Kind::Run;
    form.items.push_back({item->set, many});
    begins = begins && !many && item->set.count() == 1;
    for (size_t byte = 0; begins && byte < item->set.size(); ++byte)
      if (item->set.test(byte)) form.beginning += static_cast<char>(byte);
  }
  return form;
}

Form formOf(const std::string& text, bool and_below) {
  Form form{text, {}, true};
  for (char byte : text) {
    ByteSet set;
    set.set(static_cast<unsigned char>(byte));
    form.items.push_back({set, false});
  }
  if (and_below) form.items.push_back({ByteSet().set(), true});
  return form;
}

void addForms(const Pattern& pattern, match::Alphabet alphabet, std::vector<Form>& forms) {
  if (pattern.kind == Pattern::Kind::Literal) return forms.push_back(formOf(pattern.text, false));
  if (pattern.kind == Pattern::Kind::Under) return forms.push_back(formOf(pattern.text, true));
  match::ParsedGlob glob = match::parseGlob(pattern.text, alphabet);
  auto alternatives = match::alternativesOf(glob.items, kMostAlternatives);
  if (!alternatives) return forms.push_back({"", {}, false});
  for (const match::Alternative& one : *alternatives) forms.push_back(formOf(one));
}

// Whether some text matches both: pairs of places in them that the same bytes lead to.
class Meeting {
 public:
  Meeting(const Items& left, const Items& right) : left_(left), right_(right), seen_((left.size() + 1) * (right.size() + 1)) {}

  bool exists() {
    reach(0, 0);
    while (!open_.empty()) {
      auto [i, j] = open_.back();
      open_.pop_back();
      if (i == left_.size() && j == right_.size()) return true;
      if (i < left_.size() && left_[i].many) reach(i + 1, j);
      if (j < right_.size() && right_[j].many) reach(i, j + 1);
      if (i < left_.size() && j < right_.size() && (left_[i].set & right_[j].set).any())
        reach(left_[i].many ? i : i + 1, right_[j].many ? j : j + 1);
    }
    return false;
  }

 private:
  void reach(size_t i, size_t j) {
    size_t place = i * (right_.size() + 1) + j;
    if (seen_[place]) return;
    seen_[place] = true;
    open_.emplace_back(i, j);
  }

  const Items &left_, &right_;
  std::vector<bool> seen_;
  std::vector<std::pair<size_t, size_t>> open_;
};

bool meet(const Form& left, const Form& right) {
  size_t common = std::min(left.beginning.size(), right.beginning.size());
  if (left.beginning.compare(0, common, right.beginning, 0, common) != 0) return false;
  return !left.whole || !right.whole || Meeting(left.items, right.items).exists();
}

bool meet(const std::vector<Range>& left, const std::vector<Range>& right) {
  for (size_t i = 0, j = 0; i < left.size() && j < right.size();) {
    if (left[i].high < right[j].low)
      ++i;
    else if (right[j].high < left[i].low)
      ++j;
    else
      return true;
  }
  return false;
}

bool apart(const Need& left, const Need& right) {
  if (!left.ranges.empty() || !right.ranges.empty()) return !meet(left.ranges, right.ranges);
  return std::none_of(left.forms.begin(), left.forms.end(), [&](const Form& one) {
    return std::any_of(right.forms.begin(), right.forms.end(), [&](const Form& other) { return meet(one, other); });
  });
}

constexpr Bound kHalf = Bound{1} << 127;  // an Int is nowhere near it

Bound boundOf(policy::Int number) { return static_cast<Bound>(number) + kHalf; }

Bound boundOf(const ast::Address& address) {
  Bound bound = 0;
  for (uint8_t byte : address.bytes) bound = bound << 8 | byte;
  return bound;
}

Range rangeOf(const ast::Cidr& cidr) {
  unsigned prefix = cidr.prefix + (cidr.address.v4 ? 96u : 0u);
  Bound rest = prefix < 128 ? ~Bound{0} >> prefix : 0, low = boundOf(cidr.address) & ~rest;
  return {low, low | rest};
}

// Networks lie apart or one in the other.
std::vector<Range> outermost(std::vector<Range> networks) {
  std::sort(networks.begin(), networks.end(),
            [](const Range& one, const Range& other) { return one.low != other.low ? one.low < other.low : one.high > other.high; });
  std::vector<Range> kept;
  for (const Range& one : networks)
    if (kept.empty() || one.low > kept.back().high) kept.push_back(one);
  return kept;
}

std::vector<Range> rangesOf(const policy::Compare& comparison) {
  if (auto* address = std::get_if<policy::IpConst>(&comparison.right->node)) return {{boundOf(address->value), boundOf(address->value)}};
  auto* constant = std::get_if<policy::IntConst>(&comparison.right->node);
  if (!constant) return {};
  Bound bound = boundOf(constant->value);
  switch (comparison.op) {
    case ast::BinaryOp::Equal: return {{bound, bound}};
    case ast::BinaryOp::Less: return {{0, bound - 1}};
    case ast::BinaryOp::LessEqual: return {{0, bound}};
    case ast::BinaryOp::Greater: return {{bound + 1, ~Bound{0}}};
    case ast::BinaryOp::GreaterEqual: return {{bound, ~Bound{0}}};
    default: return {};
  }
}

// Where the value of this condition must be, and of what; no ranges: it could be anywhere.
std::pair<const policy::Expr*, std::vector<Range>> rangesOf(const policy::Expr& condition) {
  std::vector<Range> ranges;
  if (auto* comparison = std::get_if<policy::Compare>(&condition.node)) return {comparison->left.get(), rangesOf(*comparison)};
  if (auto* numbers = std::get_if<policy::InIntervals>(&condition.node)) {
    for (const policy::Interval& one : numbers->intervals) ranges.push_back({boundOf(one.low), boundOf(one.high)});
    return {numbers->value.get(), std::move(ranges)};
  }
  auto* networks = std::get_if<policy::InCidrs>(&condition.node);
  if (!networks) return {nullptr, {}};
  for (const ast::Cidr& cidr : networks->cidrs) ranges.push_back(rangeOf(cidr));
  return {networks->value.get(), outermost(std::move(ranges))};
}

std::vector<Need> textNeed(const policy::Matches& matches, const policy::HookPolicy& hook) {
  Need need{keyOf(*matches.value, hook), {}, {}};
  if (need.key.starts_with("either(") || need.key.starts_with("ancestor_exes(")) return {};  // more than one text
  auto alphabet = matches.value->type.kind == policy::TypeKind::Path ? match::Alphabet::Path : match::Alphabet::String;
  for (const Pattern& pattern : matches.patterns) addForms(pattern, alphabet, need.forms);
  return {need};
}

}  // namespace

std::vector<Need> needsOf(const policy::Expr& condition, const policy::HookPolicy& hook, Kinds kinds) {
  if (auto* logic = std::get_if<policy::Logic>(&condition.node); logic && logic->is_and) {
    std::vector<Need> needs = needsOf(*logic->left, hook, kinds), more = needsOf(*logic->right, hook, kinds);
    needs.insert(needs.end(), more.begin(), more.end());
    return needs;
  }
  if (auto* matches = std::get_if<policy::Matches>(&condition.node)) return textNeed(*matches, hook);
  if (kinds == Kinds::Texts) return {};
  auto [value, ranges] = rangesOf(condition);
  if (ranges.empty() || policy::asksEither(*value, hook)) return {};
  return {{keyOf(*value, hook), {}, std::move(ranges)}};
}

std::vector<std::vector<Need>> needsOfAll(const policy::HookPolicy& hook, Kinds kinds) {
  std::vector<std::vector<Need>> needs;
  for (const policy::HookRule& rule : hook.rules) needs.push_back(needsOf(*rule.condition, hook, kinds));
  return needs;
}

bool disjoint(const std::vector<Need>& left, const std::vector<Need>& right) {
  for (const Need& one : left)
    for (const Need& other : right)
      if (one.key == other.key && apart(one, other)) return true;
  return false;
}

}  // namespace lsmpc::analyze
