// What a hook's program asks and decides, as boxes in the order of their asking and arrows that only lead on.
#pragma once

#include <string>
#include <vector>

#include "compiler/decision/decision.h"

namespace lsmpc::drawing {

enum class Look : uint8_t {
  Begin,     // an event
  Question,  // two arrows lead away
  Refuse,    // what a rule does: none leads away …
  Permit,
  Record,  // … but from this one
  Folded,  // many rules or tests, told of in one box
  End,     // no rule has decided
};

struct Box {
  Look look;
  std::vector<std::string> texts;  // paragraphs
  std::string rule;                // id of the rule that it is of, or ""
};

enum class Answer : uint8_t { Always, Yes, No };

struct Arrow {
  size_t from, to;  // into Graph::boxes, from < to
  Answer answer;
  bool unresolved = false;  // taken too where what is asked is not to be had
};

struct Graph {
  std::string policy, hook;
  std::vector<Box> boxes;
  std::vector<Arrow> arrows;  // by `from`
};

// Of rules beyond `most_rules`, and of tests of one rule beyond `most_tests`, it is told how many there are.
struct Fold {
  size_t most_rules = 40, most_tests = 16;
};
Graph graphOf(const decision::Decision& decision, const decision::Program& program, const Fold& fold = {});

// A question as a reader of the policy would ask it, `path ~ "/etc/*"`, in paragraphs.
std::vector<std::string> questionTexts(const decision::Decision& decision, const decision::Program& program, const decision::Test& test);
bool canBeUnresolved(const decision::Program& program, const decision::Test& test);

}  // namespace lsmpc::drawing
