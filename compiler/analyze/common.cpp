#include "compiler/analyze/common.h"

#include <algorithm>
#include <numeric>

#include "compiler/analyze/overlap.h"
#include "compiler/analyze/same.h"

namespace lsmpc::analyze {
namespace {

constexpr size_t kMostTogether = 300;   // rules of both that are looked at in one formula
constexpr size_t kMostCompared = 4000;  // rules between the first and the last that differ, of each

// Which rules of both are the same, in one order: a longest common subsequence, without the ends that are the same anyway.
class Common {
 public:
  Common(const policy::Policy& old_policy, const policy::HookPolicy& old_hook, const policy::Policy& new_policy,
         const policy::HookPolicy& new_hook)
      : old_policy_(old_policy),
        new_policy_(new_policy),
        old_hook_(old_hook),
        new_hook_(new_hook) {}

  // Those that are not.
  void own(std::vector<size_t>& old_own, std::vector<size_t>& new_own) const {
    size_t old_end = old_hook_.rules.size(), new_end = new_hook_.rules.size(), begin = 0;
    while (begin < old_end && begin < new_end && same(begin, begin)) ++begin;
    while (begin < old_end && begin < new_end && same(old_end - 1, new_end - 1)) --old_end, --new_end;
    size_t height = old_end - begin, width = new_end - begin;
    if (height > kMostCompared || width > kMostCompared) {
      for (size_t i = begin; i < old_end; ++i) old_own.push_back(i);
      for (size_t i = begin; i < new_end; ++i) new_own.push_back(i);
      return;
    }
    std::vector<std::vector<uint16_t>> length(height + 1, std::vector<uint16_t>(width + 1));
    for (size_t i = height; i-- > 0;)
      for (size_t j = width; j-- > 0;)
        length[i][j] = same(begin + i, begin + j) ? static_cast<uint16_t>(length[i + 1][j + 1] + 1)
                                                  : std::max(length[i + 1][j], length[i][j + 1]);
    for (size_t i = 0, j = 0; i < height || j < width;) {
      if (i < height && j < width && length[i][j] == length[i + 1][j + 1] + 1 && same(begin + i, begin + j)) ++i, ++j;
      else if (j == width || (i < height && length[i + 1][j] >= length[i][j + 1])) old_own.push_back(begin + i++);
      else new_own.push_back(begin + j++);
    }
  }

 private:
  bool same(size_t old_place, size_t new_place) const {
    return sameRule(old_policy_, old_hook_, old_place, new_policy_, new_hook_, new_place);
  }

  const policy::Policy &old_policy_, &new_policy_;
  const policy::HookPolicy &old_hook_, &new_hook_;
};

std::vector<size_t> all(const policy::HookPolicy* hook) {
  std::vector<size_t> places(hook ? hook->rules.size() : 0);
  std::iota(places.begin(), places.end(), size_t{0});
  return places;
}

std::vector<std::vector<Need>> needsOfAll(const policy::HookPolicy& hook) {
  std::vector<std::vector<Need>> needs;
  for (const policy::HookRule& rule : hook.rules) needs.push_back(needsOf(*rule.condition, hook));
  return needs;
}

std::vector<size_t> near(const std::vector<Need>& needs, const std::vector<std::vector<Need>>& others) {
  std::vector<size_t> places;
  for (size_t i = 0; i < others.size(); ++i)
    if (!disjoint(needs, others[i])) places.push_back(i);
  return places;
}

}  // namespace

std::vector<Choice> choicesOf(const policy::Policy& old_policy, const policy::HookPolicy* old_hook, const policy::Policy& new_policy,
                              const policy::HookPolicy* new_hook) {
  std::vector<size_t> old_own, new_own;
  bool same_header = old_policy.unresolved_allow == new_policy.unresolved_allow && old_policy.foreign_trust == new_policy.foreign_trust;
  if (old_hook && new_hook) Common(old_policy, *old_hook, new_policy, *new_hook).own(old_own, new_own);
  if (old_hook && new_hook && same_header && old_own.empty() && new_own.empty()) return {};
  if (!old_hook || !new_hook || !same_header || old_hook->rules.size() + new_hook->rules.size() <= kMostTogether)
    return {{all(old_hook), all(new_hook), false}};
  std::vector<std::vector<Need>> old_needs = needsOfAll(*old_hook), new_needs = needsOfAll(*new_hook);
  std::vector<Choice> choices;
  for (size_t place : old_own) choices.push_back({near(old_needs[place], old_needs), near(old_needs[place], new_needs), true});
  for (size_t place : new_own) choices.push_back({near(new_needs[place], old_needs), near(new_needs[place], new_needs), true});
  return choices;
}

}  // namespace lsmpc::analyze
