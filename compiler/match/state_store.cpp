#include "compiler/match/state_store.h"

#include <algorithm>

#include "runtime/abi/path_layout.h"

namespace lsmpc::match {
namespace {

constexpr int kTries = 48;  // places for a row before it goes to the end
constexpr size_t kSkip = 8;

}  // namespace

uint32_t StateStore::add(const ComponentDfa& dfa) {
  std::vector<uint32_t> places(dfa.states());
  size_t end = states_.size();
  for (uint32_t state = 1; state < dfa.states(); ++state) {
    bool accepts = !dfa.accepts(state).empty();
    if (accepts && end % LSMP_PATH_PAGE == LSMP_PATH_PAGE - 1) ++end;
    places[state] = static_cast<uint32_t>(end);
    end += accepts ? 2 : 1;
  }
  states_.resize(end);
  for (uint32_t state = 1; state < dfa.states(); ++state) write(dfa, state, places);
  return places[1];
}

// Most states behind a run leave it like the run's own state: then only what differs from that state's row is their own.
bool StateStore::fallsShorter(const ComponentDfa& dfa, uint32_t state, Exceptions& shorter) const {
  uint32_t run = dfa.otherwise(state);
  if (run == 0 || run == state || dfa.otherwise(run) != run) return false;
  std::span<const ComponentDfa::Exception> own = dfa.exceptions(state), common = dfa.exceptions(run);
  shorter.clear();
  for (size_t i = 0, j = 0; i < own.size() || j < common.size();) {
    if (j == common.size() || (i < own.size() && own[i].cls < common[j].cls)) {
      shorter.push_back(own[i++]);
    } else if (i == own.size() || common[j].cls < own[i].cls) {
      shorter.push_back({common[j++].cls, run});
    } else {
      if (own[i].to != common[j].to) shorter.push_back(own[i]);
      ++i, ++j;
    }
  }
  return shorter.size() < own.size();
}

void StateStore::write(const ComponentDfa& dfa, uint32_t state, const std::vector<uint32_t>& places) {
  Exceptions exceptions;
  uint64_t word = places[dfa.otherwise(state)];
  if (fallsShorter(dfa, state, exceptions))
    word |= LSMP_STATE_FALLS;
  else
    exceptions.assign(dfa.exceptions(state).begin(), dfa.exceptions(state).end());
  for (ComponentDfa::Exception& one : exceptions) one.to = places[one.to];
  if (exceptions.size() == 1) {
    word |= LSMP_STATE_SINGLE | uint64_t{exceptions[0].to} << LSMP_STATE_BITS | uint64_t{exceptions[0].cls} << LSMP_STATE_CLASS_SHIFT;
  } else if (exceptions.size() > 1) {
    word |= uint64_t{rowOf(exceptions, places[state])} << LSMP_STATE_BITS;
  }
  if (!dfa.accepts(state).empty()) {
    word |= LSMP_STATE_ACCEPTS;
    states_[places[state] + 1] = acceptWord(dfa.accepts(state));
  }
  states_[places[state]] = word;
}

uint64_t StateStore::acceptWord(std::span<const uint32_t> ordinals) {
  if (ordinals.size() == 1) return ordinals[0] | 1ULL << 32;
  uint64_t word = accepting_.size() | uint64_t{ordinals.size()} << 32;
  accepting_.insert(accepting_.end(), ordinals.begin(), ordinals.end());
  return word;
}

bool StateStore::isFree(const Exceptions& exceptions, size_t base) const {
  return std::all_of(exceptions.begin(), exceptions.end(),
                     [&](const ComponentDfa::Exception& one) { return base + one.cls >= rows_.size() || rows_[base + one.cls] == 0; });
}

// Rows lie in one another's gaps; each entry says whose it is. The first place that fits, of some tries.
uint32_t StateStore::rowOf(const Exceptions& exceptions, uint32_t place) {
  size_t lowest = exceptions[0].cls, at = std::max(first_free_, lowest), base = 0;
  for (int tries = 0;; ++at) {
    while (at < rows_.size() && rows_[at] != 0) ++at;
    if (tries == 0) first_free_ = at;
    base = tries < kTries ? at - lowest : rows_.size();
    if (isFree(exceptions, base)) break;
    if (++tries == kTries) first_free_ += kSkip;  // crowded there
  }
  if (rows_.size() < base + classes_) rows_.resize(base + classes_);
  for (const ComponentDfa::Exception& one : exceptions) rows_[base + one.cls] = place | uint64_t{one.to} << 32;
  return static_cast<uint32_t>(base);
}

}  // namespace lsmpc::match
