// Texts of which a formula speaks. Of all texts there are as many kinds as patterns tell apart (the accept sets of one automaton): a few texts
// of each kind stand for all.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/analyze/formula.h"
#include "compiler/analyze/samples.h"
#include "compiler/match/dfa.h"

namespace lsmpc::analyze {

struct TextShape {
  match::Alphabet alphabet = match::Alphabet::String;
  size_t capacity = 0;  // longest, in bytes
  bool many = false;    // any number of texts at once: a pattern matches where it matches one of them
  bool nothing = true;  // may be ""
  bool root = true;     // may be "/"
  Lit foreign = kFalse;  // may be a text that no pattern matches, where this is true
};

// Which texts there are to choose from. A formula over Some that is found to be true is true; one that is not may be.
enum class Candidates : uint8_t { All, Some };

class Texts {
 public:
  explicit Texts(Formula& formula) : formula_(formula) {}

  size_t add(const TextShape& shape);
  Lit matches(size_t text, const std::vector<match::Pattern>& patterns);
  Lit equal(size_t left, size_t right);

  // Once all is asked, before the formula is solved. False: the patterns need too large an automaton.
  bool define(Candidates candidates);
  // Of the event that was found.
  std::vector<std::string> valuesOf(size_t text) const;

 private:
  struct Asked {
    match::Predicate predicate;
    Lit lit;
  };
  struct Text {
    TextShape shape;
    std::vector<Asked> asked;
    std::map<match::Predicate, Lit> known;
    std::vector<std::pair<std::string, Lit>> candidates;
  };
  struct Equal {
    size_t left, right;
    Lit lit;
  };

  std::optional<std::vector<Sample>> candidatesOf(const std::vector<match::Predicate>& predicates, match::Alphabet alphabet, size_t most,
                                                  size_t length, Candidates candidates) const;
  bool defineGroup(const std::vector<size_t>& group, Candidates candidates);
  void defineText(Text& text, const std::vector<Sample>& found, const std::map<match::Predicate, uint32_t>& ids, size_t predicates);
  void choose(Text& text);
  void define(const Equal& equal);
  size_t groupOf(size_t text) const;

  Formula& formula_;
  std::vector<Text> texts_;
  std::vector<Equal> equals_;
  std::vector<size_t> linked_;  // of each text another of its group, or itself
};

}  // namespace lsmpc::analyze
