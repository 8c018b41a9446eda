#include "compiler/analyze/overlap.h"

#include "compiler/analyze/event.h"
#include "runtime/match/glob.h"

namespace lsmpc::analyze {
namespace {

using match::Pattern;

std::string beginningOf(const Pattern& pattern, match::Alphabet alphabet) {
  if (pattern.kind != Pattern::Kind::Glob) return pattern.text;
  std::string text;
  for (const match::GlobItem& item : match::parseGlob(pattern.text, alphabet).items) {
    if (item.kind != match::GlobItem::Kind::One || item.set.count() != 1) break;
    for (size_t byte = 0; byte < item.set.size(); ++byte)
      if (item.set.test(byte)) text += static_cast<char>(byte);
  }
  return text;
}

bool apart(const Pattern& left, const std::string& beginning, const Pattern& right, const std::string& other, match::Alphabet alphabet) {
  size_t common = std::min(beginning.size(), other.size());
  if (beginning.compare(0, common, other, 0, common) != 0) return true;
  if (left.kind == Pattern::Kind::Literal) return !match::matches(right, alphabet, left.text);
  return right.kind == Pattern::Kind::Literal && !match::matches(left, alphabet, right.text);
}

bool apart(const Need& left, const Need& right) {
  for (size_t i = 0; i < left.patterns->size(); ++i)
    for (size_t j = 0; j < right.patterns->size(); ++j)
      if (!apart((*left.patterns)[i], left.beginnings[i], (*right.patterns)[j], right.beginnings[j], left.alphabet)) return false;
  return true;
}

}  // namespace

std::vector<Need> needsOf(const policy::Expr& condition, const policy::HookPolicy& hook) {
  if (auto* logic = std::get_if<policy::Logic>(&condition.node); logic && logic->is_and) {
    std::vector<Need> needs = needsOf(*logic->left, hook), more = needsOf(*logic->right, hook);
    needs.insert(needs.end(), more.begin(), more.end());
    return needs;
  }
  auto* matches = std::get_if<policy::Matches>(&condition.node);
  if (!matches) return {};
  std::string key = keyOf(*matches->value, hook);
  if (key.starts_with("either(") || key.starts_with("ancestor_exes(")) return {};  // more than one text
  Need need{key, matches->value->type.kind == policy::TypeKind::Path ? match::Alphabet::Path : match::Alphabet::String, &matches->patterns, {}};
  for (const Pattern& pattern : matches->patterns) need.beginnings.push_back(beginningOf(pattern, need.alphabet));
  return {need};
}

bool disjoint(const std::vector<Need>& left, const std::vector<Need>& right) {
  for (const Need& one : left)
    for (const Need& other : right)
      if (one.key == other.key && apart(one, other)) return true;
  return false;
}

}  // namespace lsmpc::analyze
