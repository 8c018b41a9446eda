#include "compiler/analyze/texts.h"

#include <algorithm>
#include <numeric>

#include "compiler/analyze/representatives.h"

namespace lsmpc::analyze {
namespace {

using match::Alphabet;
using match::Pattern;
using match::Predicate;

// Far more than one policy holds: this is asked in a build farm, not in a kernel.
constexpr match::Budget kBudget{400'000, 256u << 20, false};
constexpr size_t kMostPath = 4095;  // bytes that the walk holds; a longer one is unresolved

// What holds for each text that there is: of paths those without empty or dotted components. So that none of them comes to the dead state.
Predicate anyText(Alphabet alphabet) {
  if (alphabet == Alphabet::String) return {{Pattern::Kind::Glob, "**"}};
  return {{Pattern::Kind::Glob, "/**"}, {Pattern::Kind::Literal, "/"}, {Pattern::Kind::Literal, ""}};
}

Predicate dotted() {
  Predicate result;
  for (const char* glob : {"/.", "/..", "/**/.", "/**/..", "/./**", "/../**", "/**/./**", "/**/../**"})
    result.push_back({Pattern::Kind::Glob, glob});
  return result;
}

bool isOf(const std::vector<uint32_t>& accepted, uint32_t id) { return std::binary_search(accepted.begin(), accepted.end(), id); }

}  // namespace

size_t Texts::add(const TextShape& shape) {
  texts_.push_back({shape, {}, {}, {}});
  linked_.push_back(texts_.size() - 1);
  return texts_.size() - 1;
}

Lit Texts::matches(size_t text, const std::vector<Pattern>& patterns) {
  if (patterns.empty()) return kFalse;
  auto [known, added] = texts_[text].known.emplace(match::canonical(patterns), 0);
  if (!added) return known->second;
  texts_[text].asked.push_back({known->first, known->second = formula_.fresh()});
  return known->second;
}

size_t Texts::groupOf(size_t text) const {
  while (linked_[text] != text) text = linked_[text];
  return text;
}

Lit Texts::equal(size_t left, size_t right) {
  if (left == right) return kTrue;
  if (left > right) std::swap(left, right);
  for (const Equal& known : equals_)
    if (known.left == left && known.right == right) return known.lit;
  linked_[groupOf(right)] = groupOf(left);
  equals_.push_back({left, right, formula_.fresh()});
  return equals_.back().lit;
}

bool Texts::define(Candidates candidates) {
  std::map<size_t, std::vector<size_t>> groups;
  for (size_t i = 0; i < texts_.size(); ++i) groups[groupOf(i)].push_back(i);
  for (const auto& [first, group] : groups)
    if (!defineGroup(group, candidates)) return false;
  for (const Equal& equal : equals_) define(equal);
  return true;
}

std::optional<std::vector<Sample>> Texts::candidatesOf(const std::vector<Predicate>& predicates, Alphabet alphabet, size_t most,
                                                       size_t length, Candidates candidates) const {
  if (candidates == Candidates::Some) {
    std::vector<Sample> found = samplesOf(predicates, alphabet);
    std::erase_if(found, [&](const Sample& sample) { return sample.text.size() > length; });
    return found;
  }
  match::DfaResult built = match::buildDfa(predicates, alphabet, kBudget);
  if (!built.dfa) return std::nullopt;
  std::vector<Sample> found;
  for (Representative& one : representativesOf(*built.dfa, most, length))
    found.push_back({std::move(one.text), built.dfa->accept_sets[one.accept_set]});
  return found;
}

// Texts that are compared with each other choose among the same candidates: one of each kind for each of them.
bool Texts::defineGroup(const std::vector<size_t>& group, Candidates candidates) {
  Alphabet alphabet = texts_[group.front()].shape.alphabet;
  bool path = alphabet == Alphabet::Path;
  std::vector<Predicate> predicates{anyText(alphabet)};
  if (path) predicates.push_back(dotted());
  std::map<Predicate, uint32_t> ids;
  size_t capacity = 0;
  for (size_t text : group) {
    capacity = std::max(capacity, texts_[text].shape.capacity);
    for (const Asked& asked : texts_[text].asked)
      if (ids.emplace(asked.predicate, predicates.size()).second) predicates.push_back(asked.predicate);
  }
  // One more of each kind, for a text that may be neither "" nor "/".
  auto found = candidatesOf(predicates, alphabet, group.size() + (path ? 2 : 0), path ? kMostPath : capacity, candidates);
  if (!found) return false;
  for (size_t text : group) defineText(texts_[text], *found, ids, predicates.size());
  return true;
}

void Texts::defineText(Text& text, const std::vector<Sample>& found, const std::map<Predicate, uint32_t>& ids, size_t predicates) {
  const TextShape& shape = text.shape;
  bool path = shape.alphabet == Alphabet::Path;
  std::vector<std::vector<Lit>> where(predicates);
  for (const Sample& candidate : found) {
    bool possible = isOf(candidate.accepted, 0) && !(path && isOf(candidate.accepted, 1)) &&
                    (path || candidate.text.size() <= shape.capacity) && (shape.nothing || !candidate.text.empty()) &&
                    (shape.root || candidate.text != "/");
    if (!possible) continue;
    text.candidates.emplace_back(candidate.text, formula_.fresh());
    for (uint32_t id : candidate.accepted) where[id].push_back(text.candidates.back().second);
  }
  for (const Asked& asked : text.asked) {
    std::vector<Lit>& clause = where[ids.at(asked.predicate)];
    for (Lit chosen : clause) formula_.require({-chosen, asked.lit});
    clause.push_back(-asked.lit);
    formula_.require(clause);
  }
  if (shape.foreign != kFalse) text.candidates.emplace_back("", shape.foreign);
  if (!shape.many) choose(text);
}

// Exactly one.
void Texts::choose(Text& text) {
  std::vector<Lit> all;
  Lit before = kFalse;
  for (const auto& [value, lit] : text.candidates) {
    all.push_back(lit);
    if (before != kFalse) formula_.require({-before, -lit});
    Lit so_far = formula_.fresh();
    formula_.require({so_far, -lit});
    if (before != kFalse) formula_.require({so_far, -before});
    before = so_far;
  }
  formula_.require(all);
}

void Texts::define(const Equal& equal) {
  std::map<std::string, Lit> others(texts_[equal.right].candidates.begin(), texts_[equal.right].candidates.end());
  std::vector<Lit> same;
  for (const auto& [value, lit] : texts_[equal.left].candidates)
    if (auto other = others.find(value); other != others.end()) same.push_back(formula_.both(lit, other->second));
  Lit any = formula_.any(same);
  formula_.require({-equal.lit, any});
  formula_.require({equal.lit, -any});
}

std::vector<std::string> Texts::valuesOf(size_t text) const {
  std::vector<std::string> values;
  for (const auto& [value, lit] : texts_[text].candidates)
    if (formula_.holds(lit)) values.push_back(value);
  return values;
}

}  // namespace lsmpc::analyze
