// A path pattern as sequences of components: braces expanded, `**` inside a component rewritten.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/match/byte_sets.h"
#include "runtime/match/pattern.h"

namespace lsmpc::match {

struct Component {
  enum class Kind : uint8_t {
    Literal,  // `name`
    Wild,     // what `tokens` match
    Any,      // one, whatever its name
    Many,     // one or more
  } kind;
  std::string name;
  Tokens tokens;
};

enum Ending : uint8_t { kHere = 1, kBelow = 2 };

// Any before Many where they touch; never Many at the end: that is kBelow.
struct ComponentSequence {
  std::vector<Component> components;
  uint8_t endings = kHere;  // which paths match: that of the components, those below it
};

// All of them together match what the pattern matches, among paths with names of up to 255 bytes and up to 288 components.
struct PathForms {
  bool nothing = false;  // ""
  bool root = false;     // "/"
  std::vector<std::string> exact;
  std::vector<ComponentSequence> sequences;
};

constexpr size_t kMaxAlternativesOfPattern = 256;
constexpr size_t kMaxSequencesOfAlternative = 64;

enum class FormsExcess : uint8_t { None, Alternatives, Sequences };

// A pattern with faults (checkGlob, checkPathLiteral) matches no path and has no form.
FormsExcess pathForms(const Pattern& pattern, ByteSets& sets, PathForms& out);

}  // namespace lsmpc::match
