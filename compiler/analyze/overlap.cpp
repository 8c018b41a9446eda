#include "compiler/analyze/overlap.h"

#include <algorithm>

#include "compiler/analyze/event.h"
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

bool apart(const Need& left, const Need& right) {
  return std::none_of(left.forms.begin(), left.forms.end(), [&](const Form& one) {
    return std::any_of(right.forms.begin(), right.forms.end(), [&](const Form& other) { return meet(one, other); });
  });
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
  Need need{keyOf(*matches->value, hook), {}};
  if (need.key.starts_with("either(") || need.key.starts_with("ancestor_exes(")) return {};  // more than one text
  auto alphabet = matches->value->type.kind == policy::TypeKind::Path ? match::Alphabet::Path : match::Alphabet::String;
  for (const Pattern& pattern : matches->patterns) addForms(pattern, alphabet, need.forms);
  return {need};
}

bool disjoint(const std::vector<Need>& left, const std::vector<Need>& right) {
  for (const Need& one : left)
    for (const Need& other : right)
      if (one.key == other.key && apart(one, other)) return true;
  return false;
}

}  // namespace lsmpc::analyze
