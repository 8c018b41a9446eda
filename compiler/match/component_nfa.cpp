#include "compiler/match/component_nfa.h"

#include <algorithm>
#include <numeric>

namespace lsmpc::match {

void merge(Goal& goal, const Goal& other) {
  goal.further |= other.further;
  for (RuleList Goal::* part : {&Goal::here, &Goal::below}) {
    if ((other.*part).empty() || covers(goal.*part, other.*part)) continue;
    (goal.*part).insert((goal.*part).end(), (other.*part).begin(), (other.*part).end());
    goal.*part = decisive(std::move(goal.*part));
  }
}

void ComponentNfa::build(const std::vector<Contender>& contenders) {
  states_.assign(1, {});
  std::vector<uint32_t> order(contenders.size()), path = {0};
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return *contenders[a].pattern < *contenders[b].pattern; });
  const Tokens* before = nullptr;
  bool lasting = false;
  for (uint32_t ordinal : order) {
    const Tokens& pattern = *contenders[ordinal].pattern;
    size_t shared = 0;
    if (before) shared = static_cast<size_t>(std::ranges::mismatch(*before, pattern).in1 - before->begin());
    add(pattern, shared, path);
    states_[path.back()].ordinal = ordinal;
    lasting |= pattern.back() == kRun && !contenders[ordinal].goal.further;
    before = &pattern;
  }
  prunes_ = lasting && contenders.size() > 1;
  if (prunes_) findReach(contenders);
}

// `path`: the states of the pattern before, of which the first `shared` tokens are this one's.
void ComponentNfa::add(const Tokens& pattern, size_t shared, std::vector<uint32_t>& path) {
  path.resize(shared + 1);
  for (size_t i = shared; i < pattern.size(); ++i) {
    uint32_t parent = path.back(), id = static_cast<uint32_t>(states_.size());
    TokenState& state = states_.emplace_back();
    state.token = pattern[i];
    state.parent = parent;
    if (pattern[i] == kRun) {
      state.loops = true;
      states_[parent].run = id;
    } else {
      state.sibling = states_[parent].child;
      states_[parent].child = id;
    }
    path.push_back(id);
  }
}

void ComponentNfa::findReach(const std::vector<Contender>& contenders) {
  reach_.assign(states_.size(), {});
  for (uint32_t id = static_cast<uint32_t>(states_.size()); id-- > 0;) {
    if (states_[id].ordinal != TokenState::kNone) merge(reach_[id], contenders[states_[id].ordinal].goal);
    if (id > 0) merge(reach_[states_[id].parent], reach_[id]);
  }
}

}  // namespace lsmpc::match
