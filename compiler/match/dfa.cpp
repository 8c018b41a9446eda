#include "compiler/match/dfa.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "compiler/match/minimise.h"
#include "compiler/match/nfa.h"

namespace lsmpc::match {
namespace {

// Subsets may be this many times the final automaton; beyond it minimising would not save the policy.
constexpr uint64_t kRawStatesPerState = 4;
// Entries of all subsets together: bounds the time of hostile patterns to about a second.
constexpr uint64_t kMaxWork = 12'000'000;

// Where a path may stand and still be canonical. Strings are always Inside.
enum class Place : uint32_t { Start, Root, Inside, Slash };

using Subset = std::vector<uint32_t>;  // NFA states, ascending; the last entry is the place

struct SubsetHash {
  size_t operator()(const Subset& subset) const {
    uint64_t h = 0xcbf29ce484222325u;
    for (uint32_t x : subset) h = (h ^ x) * 0x100000001b3u, h ^= h >> 29;
    return h;
  }
};

class SubsetConstruction {
 public:
  SubsetConstruction(const std::vector<Predicate>& predicates, Alphabet alphabet, uint64_t max_states)
      : predicates_(predicates),
        alphabet_(alphabet),
        max_states_(max_states),
        nfa_(buildNfa(predicates, alphabet)),
        closures_(nfa_.states.size()),
        known_closure_(nfa_.states.size()),
        buckets_(nfa_.classes) {
    acceptSet({});
  }

  // False: over the limit.
  bool run() {
    Subset start;
    nfa_.closure(0, start);
    add(std::move(start), alphabet_ == Alphabet::Path ? Place::Start : Place::Inside);
    for (uint32_t id = 0; id < subsets_.size(); ++id) {
      if (subsets_.size() > max_states_ || work_ > kMaxWork) return false;
      expand(id);
    }
    return true;
  }

  SparseDfa dfa;
  std::vector<std::vector<uint32_t>> accept_sets;
  const Nfa& nfa() const { return nfa_; }
  uint64_t states() const { return subsets_.size(); }

 private:
  void expand(uint32_t id) {
    const Subset& subset = *subsets_[id];
    Place place = static_cast<Place>(subset.back());
    for (size_t i = 0; i + 1 < subset.size(); ++i) {
      const NfaState& state = nfa_.states[subset[i]];
      if (state.set == kNone) continue;
      const Subset& targets = closureOf(state.to);
      for (uint8_t c : nfa_.sets[state.set]) {
        buckets_[c].insert(buckets_[c].end(), targets.begin(), targets.end());
        work_ += targets.size();
      }
    }
    for (uint32_t c = 0; c < nfa_.classes; ++c) {
      if (buckets_[c].empty()) continue;
      Subset next = std::move(buckets_[c]);
      buckets_[c].clear();
      auto place_after = move(place, c);
      if (!place_after) continue;
      std::sort(next.begin(), next.end());
      next.erase(std::unique(next.begin(), next.end()), next.end());
      dfa.edges.push_back({id, c, add(std::move(next), *place_after)});
    }
  }

  std::optional<Place> move(Place place, uint32_t byte_class) const {
    if (alphabet_ == Alphabet::String) return Place::Inside;
    bool slash = byte_class == nfa_.byte_class['/'];
    switch (place) {
      case Place::Start: return slash ? std::optional(Place::Root) : std::nullopt;
      case Place::Inside: return slash ? Place::Slash : Place::Inside;
      default: return slash ? std::nullopt : std::optional(Place::Inside);
    }
  }

  const Subset& closureOf(uint32_t state) {
    if (!known_closure_[state]) nfa_.closure(state, closures_[state]);
    known_closure_[state] = true;
    return closures_[state];
  }

  uint32_t add(Subset states, Place place) {
    states.push_back(static_cast<uint32_t>(place));
    auto [found, added] = ids_.emplace(std::move(states), static_cast<uint32_t>(subsets_.size()));
    if (added) {
      subsets_.push_back(&found->first);
      dfa.accept.push_back(acceptSet(holding(found->first, place)));
    }
    return found->second;
  }

  std::vector<uint32_t> holding(const Subset& subset, Place place) const {
    std::vector<uint32_t> result;
    if (place == Place::Slash) return result;
    if (place != Place::Inside) {  // "" and "/" have rules of their own: the reference knows them
      for (uint32_t id = 0; id < predicates_.size(); ++id)
        for (const Pattern& pattern : predicates_[id])
          if (matches(pattern, Alphabet::Path, place == Place::Start ? "" : "/")) {
            result.push_back(id);
            break;
          }
      return result;
    }
    for (size_t i = 0; i + 1 < subset.size(); ++i)
      if (uint32_t id = nfa_.states[subset[i]].predicate; id != kNone) result.push_back(id);
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
  }

  uint32_t acceptSet(const std::vector<uint32_t>& predicates) {
    auto [place, added] = accept_ids_.emplace(predicates, static_cast<uint32_t>(accept_sets.size()));
    if (added) accept_sets.push_back(predicates);
    return place->second;
  }

  const std::vector<Predicate>& predicates_;
  Alphabet alphabet_;
  uint64_t max_states_;
  Nfa nfa_;
  std::vector<Subset> closures_;
  std::vector<bool> known_closure_;
  std::vector<Subset> buckets_;
  std::unordered_map<Subset, uint32_t, SubsetHash> ids_;
  std::vector<const Subset*> subsets_;
  std::map<std::vector<uint32_t>, uint32_t> accept_ids_;
  uint64_t work_ = 0;
};

Dfa toTable(const SparseDfa& sparse, const Nfa& nfa, std::vector<std::vector<uint32_t>> accept_sets) {
  Dfa dfa;
  dfa.byte_class = nfa.byte_class;
  dfa.classes = nfa.classes;
  dfa.accept_sets = std::move(accept_sets);
  dfa.accept.push_back(0);
  dfa.accept.insert(dfa.accept.end(), sparse.accept.begin(), sparse.accept.end());
  dfa.transitions.assign(dfa.accept.size() * dfa.classes, 0);
  for (const SparseDfa::Edge& e : sparse.edges) dfa.transitions[(e.from + 1) * dfa.classes + e.label] = e.to + 1;
  return dfa;
}

struct Attempt {
  std::optional<Dfa> dfa;
  uint64_t states = 0;
};

Attempt attempt(const std::vector<Predicate>& predicates, Alphabet alphabet, const Budget& budget) {
  SubsetConstruction subsets(predicates, alphabet, kRawStatesPerState * budget.states);
  if (!subsets.run()) return {std::nullopt, subsets.states()};
  SparseDfa minimal = minimise(subsets.dfa);
  uint64_t states = minimal.accept.size() + 1;
  uint64_t bytes = states * (subsets.nfa().classes + 1) * sizeof(uint32_t);
  if (states > budget.states || bytes > budget.table_bytes) return {std::nullopt, states};
  return {toTable(minimal, subsets.nfa(), std::move(subsets.accept_sets)), states};
}

// The shortest run of predicates from the first that is over the budget: its last one is to name. Short runs first, each twice as long as the one before: what is within the
// budget is known soon, and what is not takes all the work that it may.
OverBudget findCulprit(const std::vector<Predicate>& predicates, Alphabet alphabet, const Budget& budget, uint64_t states) {
  size_t good = 0, bad = predicates.size();
  for (size_t length = 1; bad - good > 1; length = std::min(2 * good, (good + bad) / 2)) {
    Attempt part = attempt({predicates.begin(), predicates.begin() + static_cast<ptrdiff_t>(length)}, alphabet, budget);
    (part.dfa ? good : bad) = length;
    if (!part.dfa) states = part.states;
    if (good == 0) break;  // the first alone
  }
  return {static_cast<uint32_t>(bad - 1), states};
}

}  // namespace

const std::vector<uint32_t>& Dfa::run(std::string_view subject) const {
  uint32_t state = 1;
  for (char c : subject) state = transitions[state * classes + byte_class[static_cast<unsigned char>(c)]];
  return accept_sets[accept[state]];
}

Predicate canonical(Predicate predicate) {
  std::sort(predicate.begin(), predicate.end());
  predicate.erase(std::unique(predicate.begin(), predicate.end()), predicate.end());
  return predicate;
}

DfaResult buildDfa(const std::vector<Predicate>& predicates, Alphabet alphabet, const Budget& budget) {
  Attempt whole = attempt(predicates, alphabet, budget);
  if (whole.dfa) return {std::move(whole.dfa), std::nullopt};
  if (!budget.blames) return {std::nullopt, OverBudget{static_cast<uint32_t>(predicates.size() - 1), whole.states}};
  return {std::nullopt, findCulprit(predicates, alphabet, budget, whole.states)};
}

}  // namespace lsmpc::match
