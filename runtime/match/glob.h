// A glob taken apart. For the checker and the matcher of this room, and for the automata of compiler/match.
#pragma once

#include <bitset>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/match/pattern.h"

namespace lsmpc::match {

using ByteSet = std::bitset<256>;

struct GlobItem;
using GlobSequence = std::vector<GlobItem>;

struct GlobItem {
  enum class Kind : uint8_t {
    One,     // one byte of `set`: a literal, `?`, `[..]`
    Run,     // any number of bytes of `set`: `*`, `**`
    Choice,  // one of `choices`: `{a,b}`
  } kind = Kind::One;
  ByteSet set;
  std::vector<GlobSequence> choices;
  size_t offset = 0;  // of the item in the pattern's text
  size_t length = 1;

  bool isByte(char byte) const { return kind == Kind::One && set.count() == 1 && set.test(static_cast<unsigned char>(byte)); }
  bool isLongRun() const { return kind == Kind::Run && set.test('/'); }
};

struct ParsedGlob {
  GlobSequence items;
  std::optional<PatternError> error;  // the first; `items` is then what came before it
};

ParsedGlob parseGlob(std::string_view glob, Alphabet alphabet);

}  // namespace lsmpc::match
