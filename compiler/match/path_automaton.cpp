#include "compiler/match/path_automaton.h"

#include <algorithm>
#include <unordered_set>

#include "compiler/match/active_bound.h"
#include "compiler/match/path_table.h"
#include "runtime/abi/path_layout.h"

namespace lsmpc::match {
namespace {

constexpr uint64_t kSetsPerNode = 8, kSetsMore = 1'000'000;

class AutomatonBuilder {
 public:
  explicit AutomatonBuilder(const PathLimits& limits) : limits_(limits) {
    limits_.active = std::min<uint32_t>(limits_.active, LSMP_PATH_ACTIVE);
  }

  PathAutomatonResult run(const std::vector<PathEntry>& entries) {
    for (const PathEntry& entry : entries)
      if (!add(entry)) return refusal();
    trie_.finish(lists_);
    sets_.classify();
    if (!bound()) return refusal();
    std::vector<ExactPath> exact = exactPaths();
    uint32_t nothing = lists_.result(std::move(nothing_)), root = lists_.result(std::move(root_));
    ComponentMatchers matchers(trie_, sets_, lists_, limits_.words);
    if (!matchers.build()) {
      if (const std::optional<ComponentExcess>& excess = matchers.excess())
        return refuse({PathExcess::Kind::Component, {excess->rule}, excess->states, excess->allowed, excess->own, {}, true, excess->over}),
               refusal();
      return tooManyWords(matchers.states().words());
    }
    PathAutomaton result;
    result.words = pathTable({trie_, sets_, matchers, exact, nothing, root}, lists_, sizes_);
    if (result.words.size() > limits_.words) return tooManyWords(result.words.size());
    result.sizes = sizes_;
    return {std::move(result), std::nullopt};
  }

 private:
  struct Exact {
    std::string path;
    RuleSignature rule;
    auto operator<=>(const Exact&) const = default;
  };

  bool refuse(PathExcess excess) {
    excess_ = std::move(excess);
    return false;
  }
  PathAutomatonResult refusal() { return {std::nullopt, std::move(excess_)}; }
  PathAutomatonResult tooManyWords(uint64_t words) {
    refuse({PathExcess::Kind::Words, {}, words, limits_.words, 0, {}});
    return refusal();
  }

  bool add(const PathEntry& entry) {
    PathForms forms;
    RuleSignature rule{entry.rule, entry.signature};
    switch (pathForms(entry.pattern, sets_, forms)) {
      case FormsExcess::None: break;
      case FormsExcess::Alternatives:
        return refuse({PathExcess::Kind::Alternatives, {entry.rule}, kMaxAlternativesOfPattern + 1, kMaxAlternativesOfPattern, 0, {}});
      case FormsExcess::Sequences:
        return refuse({PathExcess::Kind::Sequences, {entry.rule}, kMaxSequencesOfAlternative + 1, kMaxSequencesOfAlternative, 0, {}});
    }
    forms_ += forms.exact.size() + forms.sequences.size();
    if (forms_ > limits_.forms) return refuse({PathExcess::Kind::Forms, {entry.rule}, forms_, limits_.forms, 0, {}});
    if (forms.nothing) nothing_.push_back(rule);
    if (forms.root) root_.push_back(rule);
    for (std::string& path : forms.exact) {
      if (texts_.insert(std::hash<std::string>()(path)).second) exact_bytes_ += path.size();
      exact_.push_back({std::move(path), rule});
    }
    for (const ComponentSequence& sequence : forms.sequences) trie_.add(sequence, rule);
    return fits(entry);
  }

  // What would be too large is not built first.
  bool fits(const PathEntry& entry) {
    constexpr uint64_t kWordsPerNode = 2;
    uint64_t words = std::max(trie_.nodes().size() * kWordsPerNode, exact_bytes_ / sizeof(uint64_t));
    if (words <= limits_.words) return true;
    return refuse({PathExcess::Kind::Words, {entry.rule}, words, limits_.words, 0, {}});
  }

  bool bound() {
    uint64_t most_sets = kSetsPerNode * trie_.nodes().size() + kSetsMore;
    ActiveBound bound = boundActive(trie_, sets_, limits_.active, most_sets);
    sizes_.sets = bound.sets;
    sizes_.most_active = bound.most;
    if (bound.most > limits_.active)
      return refuse(
          {PathExcess::Kind::Active, std::move(bound.owners), bound.most, limits_.active, 0, std::move(bound.witness), bound.shown});
    if (!bound.complete)
      return refuse(
          {PathExcess::Kind::Combinations, std::move(bound.owners), bound.sets, most_sets, 0, std::move(bound.witness), bound.shown});
    return true;
  }

  std::vector<ExactPath> exactPaths() {
    std::sort(exact_.begin(), exact_.end());
    std::vector<ExactPath> paths;
    for (size_t begin = 0, end; begin < exact_.size(); begin = end) {
      RuleList rules;
      for (end = begin; end < exact_.size() && exact_[end].path == exact_[begin].path; ++end) rules.push_back(exact_[end].rule);
      paths.push_back({std::move(exact_[begin].path), lists_.result(std::move(rules))});
    }
    exact_ = {};
    return paths;
  }

  PathLimits limits_;
  ByteSets sets_;
  ComponentTrie trie_;
  RuleLists lists_;
  RuleList nothing_, root_;
  std::vector<Exact> exact_;
  std::unordered_set<size_t> texts_;  // hashes of the exact paths: that of several rules is in the table once
  uint64_t forms_ = 0, exact_bytes_ = 0;
  PathSizes sizes_;
  std::optional<PathExcess> excess_;
};

}  // namespace

PathAutomatonResult buildPathAutomaton(const std::vector<PathEntry>& entries, const PathLimits& limits) {
  return AutomatonBuilder(limits).run(entries);
}

}  // namespace lsmpc::match
