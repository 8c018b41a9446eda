#include "compiler/analyze/common.h"

#include <algorithm>
#include <numeric>

#include "compiler/analyze/neighbours.h"
#include "compiler/analyze/same.h"

namespace lsmpc::analyze {
namespace {

constexpr size_t kMostTogether = 300;  // rules of both that are looked at in one formula
constexpr size_t kMostEdits = 1000;    // rules that only one of them has, until all between are taken for such

// Which rules of both are the same, in one order: the fewest rules that only one has (Myers, An O(ND) difference algorithm, 1986).
class Common {
 public:
  Common(const policy::Policy& old_policy, const policy::HookPolicy& old_hook, const policy::Policy& new_policy,
         const policy::HookPolicy& new_hook)
      : old_policy_(old_policy),
        new_policy_(new_policy),
        old_hook_(old_hook),
        new_hook_(new_hook),
        old_count_(static_cast<int>(old_hook.rules.size())),
        new_count_(static_cast<int>(new_hook.rules.size())) {}

  // Those that are not.
  void own(std::vector<size_t>& old_own, std::vector<size_t>& new_own) {
    int edits = search();
    if (edits < 0) {
      for (int i = 0; i < old_count_; ++i) old_own.push_back(static_cast<size_t>(i));
      for (int j = 0; j < new_count_; ++j) new_own.push_back(static_cast<size_t>(j));
      return;
    }
    int i = old_count_, j = new_count_;
    for (int d = edits; d > 0; --d) {
      int diagonal = i - j;
      bool down = isDown(diagonal, d, reached_[static_cast<size_t>(d - 1)]);
      int before = down ? diagonal + 1 : diagonal - 1;
      i = at(reached_[static_cast<size_t>(d - 1)], before);
      j = i - before;
      if (down)
        new_own.push_back(static_cast<size_t>(j));
      else
        old_own.push_back(static_cast<size_t>(i));
    }
    std::reverse(old_own.begin(), old_own.end());
    std::reverse(new_own.begin(), new_own.end());
  }

 private:
  using Reached = std::vector<int>;  // of each diagonal from -most to most, how far in the old one

  static int at(const Reached& reached, int diagonal) { return reached[static_cast<size_t>(diagonal + static_cast<int>(kMostEdits) + 1)]; }
  static bool isDown(int diagonal, int d, const Reached& reached) {
    return diagonal == -d || (diagonal != d && at(reached, diagonal - 1) < at(reached, diagonal + 1));
  }

  // The number of rules that only one has; -1: more than kMostEdits.
  int search() {
    Reached reached(2 * kMostEdits + 3, 0);
    for (int d = 0; d <= static_cast<int>(kMostEdits); ++d) {
      Reached next = reached;
      for (int diagonal = -d; diagonal <= d; diagonal += 2) {
        int i = d == 0 ? 0 : isDown(diagonal, d, reached) ? at(reached, diagonal + 1) : at(reached, diagonal - 1) + 1;
        while (i < old_count_ && i - diagonal < new_count_ && i - diagonal >= 0 && same(i, i - diagonal)) ++i;
        next[static_cast<size_t>(diagonal + static_cast<int>(kMostEdits) + 1)] = i;
        if (i >= old_count_ && i - diagonal >= new_count_) return d;
      }
      reached_.push_back(reached = std::move(next));
    }
    return -1;
  }

  bool same(int old_place, int new_place) const {
    return sameRule(old_policy_, old_hook_, static_cast<size_t>(old_place), new_policy_, new_hook_, static_cast<size_t>(new_place));
  }

  const policy::Policy &old_policy_, &new_policy_;
  const policy::HookPolicy &old_hook_, &new_hook_;
  int old_count_, new_count_;
  std::vector<Reached> reached_;  // after each number of edits
};

std::vector<size_t> all(const policy::HookPolicy* hook) {
  std::vector<size_t> places(hook ? hook->rules.size() : 0);
  std::iota(places.begin(), places.end(), size_t{0});
  return places;
}

// What rules before all others decide, they decide.
Choice beginning(Choice whole) {
  for (std::vector<size_t>* places : {&whole.old_places, &whole.new_places}) places->resize(std::min(places->size(), kMostTogether));
  whole.usual_only = true;
  return whole;
}

}  // namespace

std::vector<Choice> choicesOf(const policy::Policy& old_policy, const policy::HookPolicy* old_hook, const policy::Policy& new_policy,
                              const policy::HookPolicy* new_hook, bool sets_differ) {
  std::vector<size_t> old_own, new_own;
  bool same_header = old_policy.unresolved_allow == new_policy.unresolved_allow && old_policy.foreign_trust == new_policy.foreign_trust &&
                     old_policy.mode == new_policy.mode && !sets_differ;
  if (old_hook && new_hook) Common(old_policy, *old_hook, new_policy, *new_hook).own(old_own, new_own);
  if (old_hook && new_hook && same_header && old_own.empty() && new_own.empty()) return {};
  size_t rules = (old_hook ? old_hook->rules.size() : 0) + (new_hook ? new_hook->rules.size() : 0);
  Choice whole{all(old_hook), all(new_hook), false};
  if (rules > kMostTogether && (!old_hook || !new_hook)) return {beginning(whole), whole};  // of which the first is never too much
  if (!old_hook || !new_hook || !same_header || rules <= kMostTogether) return {whole};
  const std::vector<std::vector<Need>> old_needs = needsOfAll(*old_hook, Kinds::Texts), new_needs = needsOfAll(*new_hook, Kinds::Texts);
  const Neighbours old_near(old_needs), new_near(new_needs);
  std::vector<Choice> choices;
  for (const auto* needs : {&old_needs, &new_needs})
    for (size_t place : needs == &old_needs ? old_own : new_own)
      choices.push_back({old_near.before(old_needs.size(), (*needs)[place]), new_near.before(new_needs.size(), (*needs)[place]), true});
  return choices;
}

}  // namespace lsmpc::analyze
