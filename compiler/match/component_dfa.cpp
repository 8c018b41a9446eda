// Subset construction. A set of states is closed over runs; of a set that has matched for good, what can only lead to rules that no longer
// decide is dropped: without that, thirty times `*word*` in one directory would have a state for each subset of the words.
#include "compiler/match/component_dfa.h"

#include <algorithm>

namespace lsmpc::match {

class ComponentDfaBuilder {
 public:
  ComponentDfaBuilder(ComponentDfa& out, const std::vector<Contender>& contenders, const ByteSets& sets, const ComponentLimits& limits,
                      int64_t& work)
      : out_(out),
        contenders_(contenders),
        sets_(sets),
        limits_(limits),
        work_(work),
        by_class_(sets.classes()) {
    nfa_.build(contenders);
    work_ -= static_cast<int64_t>(nfa_.states().size());
  }

  ComponentOver run() {
    out_.rows_.assign(1, {});
    out_.exceptions_.clear();
    out_.accepts_.clear();
    std::vector<uint32_t> start = {0};
    stateOf(start);
    for (uint32_t id = 0; id < ids_.size(); ++id) {
      if (ids_.size() > limits_.states) return ComponentOver::States;
      if (out_.exceptions_.size() > limits_.exceptions) return ComponentOver::Exceptions;
      if (most_accepts_ > limits_.accepts) return ComponentOver::Accepts;
      if (work_ < 0) return ComponentOver::Work;
      expand(id);
    }
    return most_accepts_ > limits_.accepts ? ComponentOver::Accepts : ComponentOver::None;
  }

 private:
  const TokenState& at(uint32_t state) const { return nfa_.states()[state]; }

  // A new state's row is made at once, without its transitions.
  uint32_t stateOf(std::vector<uint32_t>& set) {
    close(set);
    if (set.empty()) return 0;
    auto [id, added] = ids_.add(set);
    if (added) accept(set);
    return id + 1;
  }

  void close(std::vector<uint32_t>& set) {
    for (size_t i = 0; i < set.size(); ++i)
      if (uint32_t run = at(set[i]).run) set.push_back(run);
    work_ -= static_cast<int64_t>(set.size()) + 1;
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
    if (nfa_.prunes() && set.size() > 1) prune(set);
  }

  void prune(std::vector<uint32_t>& set) {
    std::vector<uint32_t> lasting;
    for (uint32_t state : set)
      if (at(state).loops && at(state).ordinal != TokenState::kNone) lasting.push_back(state);
    if (lasting.empty()) return;
    std::sort(lasting.begin(), lasting.end(), [&](uint32_t a, uint32_t b) { return at(a).ordinal < at(b).ordinal; });
    Goal sure;
    std::vector<uint32_t> kept;
    for (uint32_t state : lasting) {
      if (covers(sure, nfa_.reach(state))) continue;
      kept.push_back(state);
      merge(sure, contenders_[at(state).ordinal].goal);
    }
    std::erase_if(set, [&](uint32_t state) { return std::ranges::find(kept, state) == kept.end() && covers(sure, nfa_.reach(state)); });
  }

  void accept(const std::vector<uint32_t>& set) {
    ComponentDfa::Row& row = out_.rows_.emplace_back();
    row.first_accept = static_cast<uint32_t>(out_.accepts_.size());
    for (uint32_t state : set)
      if (at(state).ordinal != TokenState::kNone) out_.accepts_.push_back(at(state).ordinal);
    auto begin = out_.accepts_.begin() + row.first_accept;
    std::sort(begin, out_.accepts_.end());
    if (out_.accepts_.end() - begin > 1) {
      Goal sure;
      auto pointless = [&](uint32_t ordinal) {
        if (covers(sure, contenders_[ordinal].goal)) return true;
        merge(sure, contenders_[ordinal].goal);
        return false;
      };
      auto kept = begin;  // not remove_if: it may call in any order
      for (auto one = begin; one != out_.accepts_.end(); ++one)
        if (!pointless(*one)) *kept++ = *one;
      out_.accepts_.erase(kept, out_.accepts_.end());
    }
    row.accepts = static_cast<uint32_t>(out_.accepts_.size()) - row.first_accept;
    most_accepts_ = std::max(most_accepts_, size_t{row.accepts});
  }

  void expand(uint32_t id) {
    always_.clear();
    classes_.clear();
    for (uint32_t state : ids_[id]) {
      if (at(state).loops) always_.push_back(state);
      for (uint32_t child = at(state).child; child != 0; child = at(child).sibling) follow(child);
    }
    std::vector<uint32_t> target = always_;
    uint32_t otherwise = stateOf(target);
    std::sort(classes_.begin(), classes_.end());
    row_.clear();
    for (uint32_t cls : classes_) {
      target = always_;
      target.insert(target.end(), by_class_[cls].begin(), by_class_[cls].end());
      by_class_[cls].clear();
      if (uint32_t to = stateOf(target); to != otherwise) row_.push_back({cls, to});
    }
    store(id + 1, otherwise);
  }

  void follow(uint32_t child) {
    --work_;
    if (at(child).token == kAnyByte) return always_.push_back(child);
    for (uint32_t cls : sets_.classesOf(at(child).token)) {
      --work_;
      if (by_class_[cls].empty()) classes_.push_back(cls);
      by_class_[cls].push_back(child);
    }
  }

  // With a class of its own for most of them, what most lead to is not what bytes of no set lead to: `[^a]`.
  void store(uint32_t state, uint32_t otherwise) {
    if (row_.size() * 2 > sets_.classes()) otherwise = turned(otherwise);
    ComponentDfa::Row& row = out_.rows_[state];
    row.otherwise = otherwise;
    row.first_exception = static_cast<uint32_t>(out_.exceptions_.size());
    row.exceptions = static_cast<uint32_t>(row_.size());
    out_.exceptions_.insert(out_.exceptions_.end(), row_.begin(), row_.end());
  }

  uint32_t turned(uint32_t otherwise) {
    std::vector<uint32_t> all(sets_.classes(), otherwise);
    for (auto [cls, to] : row_) all[cls] = to;
    std::vector<uint32_t> targets = all;
    std::sort(targets.begin(), targets.end());
    uint32_t most = otherwise;
    ptrdiff_t count = 0;
    for (auto one = targets.begin(); one != targets.end();) {
      auto end = std::upper_bound(one, targets.end(), *one);
      if (end - one > count) count = end - one, most = *one;
      one = end;
    }
    row_.clear();
    for (uint32_t cls = 0; cls < sets_.classes(); ++cls)
      if (all[cls] != most) row_.push_back({cls, all[cls]});
    return most;
  }

  ComponentDfa& out_;
  const std::vector<Contender>& contenders_;
  const ByteSets& sets_;
  const ComponentLimits& limits_;
  int64_t& work_;
  ComponentNfa nfa_;
  SubsetIds ids_;
  std::vector<std::vector<uint32_t>> by_class_;
  std::vector<uint32_t> always_, classes_;
  std::vector<ComponentDfa::Exception> row_;
  size_t most_accepts_ = 0;
};

ComponentOver ComponentDfa::build(const std::vector<Contender>& contenders, const ByteSets& sets, const ComponentLimits& limits,
                                  int64_t& work) {
  return ComponentDfaBuilder(*this, contenders, sets, limits, work).run();
}

uint32_t ComponentDfa::next(uint32_t state, uint32_t cls) const {
  for (const Exception& one : exceptions(state))
    if (one.cls == cls) return one.to;
  return otherwise(state);
}

uint32_t ComponentDfa::after(std::string_view name, const ByteSets& sets) const {
  uint32_t state = 1;
  for (char byte : name)
    if ((state = next(state, sets.classOf()[static_cast<unsigned char>(byte)])) == 0) break;
  return state;
}

}  // namespace lsmpc::match
