#include "compiler/plan/fact_table.h"

#include <algorithm>
#include <tuple>

namespace lsmpc::plan {
namespace {

auto keyOf(const match::Pattern& pattern) { return std::tie(pattern.kind, pattern.text); }
bool before(const match::Pattern& a, const match::Pattern& b) { return keyOf(a) < keyOf(b); }
bool same(const match::Pattern& a, const match::Pattern& b) { return keyOf(a) == keyOf(b); }

}  // namespace

std::optional<uint32_t> FactTable::add(match::Predicate predicate, base::Range range, diag::Emitter& emitter) {
  std::sort(predicate.begin(), predicate.end(), before);
  predicate.erase(std::unique(predicate.begin(), predicate.end(), same), predicate.end());
  auto equal = [&](const match::Predicate& other) {
    return std::equal(other.begin(), other.end(), predicate.begin(), predicate.end(), same);
  };
  auto found = std::find_if(predicates_.begin(), predicates_.end(), equal);
  if (found != predicates_.end()) return static_cast<uint32_t>(found - predicates_.begin());
  if (predicates_.size() == decision::kMaxFacts) {
    emitter.report(diag::Kind::TooManyFacts, range, std::to_string(decision::kMaxFacts))
        .hint("join programs that are treated alike in a set: exe in SET is one test");
    return std::nullopt;
  }
  predicates_.push_back(std::move(predicate));
  ranges_.push_back(range);
  return static_cast<uint32_t>(predicates_.size() - 1);
}

std::optional<decision::Facts> FactTable::build(diag::Emitter& emitter) const {
  decision::Facts facts{predicates_, {}};
  if (predicates_.empty()) return facts;
  match::DfaResult built = match::buildDfa(predicates_, match::Alphabet::Path);
  if (!built.dfa) {
    emitter.report(diag::Kind::AutomatonTooLarge, ranges_[built.over->predicate], "exe", std::to_string(built.over->states))
        .hint("use fewer `*` and `**` before the end of a pattern, or `under` for a directory");
    return std::nullopt;
  }
  facts.dfa = std::move(*built.dfa);
  return facts;
}

}  // namespace lsmpc::plan
