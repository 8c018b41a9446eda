// Partition refinement over states and edges at once, by the smaller part (Valmari's scheme for partial automata):
// O(edges · log states), however long the chains of literals are.
#include "compiler/match/minimise.h"

#include <algorithm>
#include <numeric>

namespace lsmpc::match {
namespace {

// Elements 0..n-1 in sets; some of a set can be marked and then split off.
class Partition {
 public:
  // Elements with one key start together.
  template <typename Key>
  Partition(size_t count, Key key) : elements_(count),
                                     place_(count),
                                     set_of_(count) {
    std::iota(elements_.begin(), elements_.end(), 0u);
    std::stable_sort(elements_.begin(), elements_.end(), [&](uint32_t a, uint32_t b) { return key(a) < key(b); });
    for (uint32_t i = 0; i < count; ++i) {
      if (i == 0 || key(elements_[i - 1]) != key(elements_[i])) sets_.push_back({i, i, 0});
      sets_.back().end = i + 1;
      place_[elements_[i]] = i;
      set_of_[elements_[i]] = static_cast<uint32_t>(sets_.size() - 1);
    }
  }

  uint32_t size() const { return static_cast<uint32_t>(sets_.size()); }
  uint32_t setOf(uint32_t element) const { return set_of_[element]; }
  std::vector<uint32_t> members(uint32_t set) const { return {elements_.begin() + sets_[set].begin, elements_.begin() + sets_[set].end}; }

  void mark(uint32_t element) {
    Set& set = sets_[set_of_[element]];
    uint32_t to = set.begin + set.marked;
    if (place_[element] < to) return;
    if (set.marked++ == 0) touched_.push_back(set_of_[element]);
    uint32_t other = elements_[to];
    std::swap(elements_[place_[element]], elements_[to]);
    place_[other] = place_[element];
    place_[element] = to;
  }

  // Every touched set falls into its marked and its other part; the smaller part gets the new number.
  void split() {
    for (uint32_t id : touched_) {
      Set& set = sets_[id];
      uint32_t middle = set.begin + set.marked;
      bool marked_is_smaller = set.marked <= set.end - middle;
      set.marked = 0;
      if (middle == set.end) continue;
      Set smaller = marked_is_smaller ? Set{set.begin, middle, 0} : Set{middle, set.end, 0};
      (marked_is_smaller ? set.begin : set.end) = middle;
      for (uint32_t i = smaller.begin; i < smaller.end; ++i) set_of_[elements_[i]] = size();
      sets_.push_back(smaller);
    }
    touched_.clear();
  }

 private:
  struct Set {
    uint32_t begin, end, marked;
  };
  std::vector<uint32_t> elements_, place_, set_of_;
  std::vector<Set> sets_;
  std::vector<uint32_t> touched_;
};

// For each state the edges that end in it.
class Incoming {
 public:
  explicit Incoming(const SparseDfa& dfa) : first_(dfa.accept.size() + 1), edges_(dfa.edges.size()) {
    for (const SparseDfa::Edge& e : dfa.edges) ++first_[e.to + 1];
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    std::vector<uint32_t> next(first_.begin(), first_.end() - 1);
    for (uint32_t i = 0; i < dfa.edges.size(); ++i) edges_[next[dfa.edges[i].to]++] = i;
  }
  const uint32_t* begin(uint32_t state) const { return edges_.data() + first_[state]; }
  const uint32_t* end(uint32_t state) const { return edges_.data() + first_[state + 1]; }

 private:
  std::vector<uint32_t> first_, edges_;
};

// Without the states that can reach no acceptance; the start stays.
SparseDfa trim(const SparseDfa& dfa) {
  Incoming incoming(dfa);
  std::vector<bool> live(dfa.accept.size());
  std::vector<uint32_t> pending;
  for (uint32_t s = 0; s < dfa.accept.size(); ++s)
    if (dfa.accept[s] != 0) live[s] = true, pending.push_back(s);
  while (!pending.empty()) {
    uint32_t state = pending.back();
    pending.pop_back();
    for (const uint32_t* e = incoming.begin(state); e != incoming.end(state); ++e) {
      uint32_t from = dfa.edges[*e].from;
      if (!live[from]) live[from] = true, pending.push_back(from);
    }
  }
  live[0] = true;
  std::vector<uint32_t> number(dfa.accept.size());
  SparseDfa result;
  for (uint32_t s = 0; s < dfa.accept.size(); ++s) {
    if (!live[s]) continue;
    number[s] = static_cast<uint32_t>(result.accept.size());
    result.accept.push_back(dfa.accept[s]);
  }
  for (const SparseDfa::Edge& e : dfa.edges)
    if (live[e.from] && live[e.to]) result.edges.push_back({number[e.from], e.label, number[e.to]});
  return result;
}

SparseDfa merge(const SparseDfa& dfa, const Partition& blocks) {
  std::vector<uint32_t> number(blocks.size(), ~0u);
  uint32_t count = 0;
  std::vector<bool> chosen(dfa.accept.size());
  SparseDfa result;
  for (uint32_t s = 0; s < dfa.accept.size(); ++s) {  // by first member, so that the start is 0 and dumps are stable
    uint32_t block = blocks.setOf(s);
    if (number[block] != ~0u) continue;
    number[block] = count++;
    chosen[s] = true;
    result.accept.push_back(dfa.accept[s]);
  }
  for (const SparseDfa::Edge& e : dfa.edges)
    if (chosen[e.from]) result.edges.push_back({number[blocks.setOf(e.from)], e.label, number[blocks.setOf(e.to)]});
  return result;
}

}  // namespace

SparseDfa minimise(const SparseDfa& input) {
  SparseDfa dfa = trim(input);
  Incoming incoming(dfa);
  Partition blocks(dfa.accept.size(), [&](uint32_t s) { return dfa.accept[s]; });
  Partition cords(dfa.edges.size(), [&](uint32_t e) { return dfa.edges[e].label; });
  // A cord is a set of edges with one label into one block. Blocks split by the cords' sources, cords by new blocks.
  uint32_t next_block = 1;
  for (uint32_t cord = 0; cord < cords.size(); ++cord) {
    for (uint32_t edge : cords.members(cord)) blocks.mark(dfa.edges[edge].from);
    blocks.split();
    for (; next_block < blocks.size(); ++next_block) {
      for (uint32_t state : blocks.members(next_block))
        for (const uint32_t* e = incoming.begin(state); e != incoming.end(state); ++e) cords.mark(*e);
      cords.split();
    }
  }
  return merge(dfa, blocks);
}

}  // namespace lsmpc::match
