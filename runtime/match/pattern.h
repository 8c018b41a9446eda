// Path and string patterns, on bytes, as policies and `events --where` write them. Grammar in docs/language.md: * ** ? [..] {a,b} \ as AppArmor's.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lsmpc::match {

enum class Alphabet : uint8_t {
  Path,    // '/' separates components: * ? [..] never match it, a component is never empty, "**" may span several
  String,  // no separator: * means any run, like **
};

struct PatternError {
  size_t offset;  // byte of the pattern text
  size_t length;
  std::string text;  // lower case, no period: "unclosed `[`", "a path never ends in `/`"
};

// What a predicate `path ~ "…"`, `path == "…"`, `path under "…"`, `path in {…}` accepts.
struct Pattern {
  enum class Kind : uint8_t { Literal, Glob, Under } kind;
  std::string text;  // Literal, Under: the bytes; Glob: pattern syntax
  auto operator<=>(const Pattern&) const = default;
};

// The first fault of a glob, in particular one that no path can match (empty component, not starting with '/' or "**").
std::optional<PatternError> checkGlob(std::string_view glob, Alphabet alphabet);
// Bytes of the shortest text that a glob without faults matches.
size_t shortestMatch(std::string_view glob, Alphabet alphabet);
// A literal path: absolute, no "//", no "." or "..", no '/' at the end (but "/" itself); "" is good (pipes, sockets).
std::optional<PatternError> checkPathLiteral(std::string_view path);

// The only text that the pattern matches, where there is just one.
std::optional<std::string> onlyText(const Pattern& pattern);

// Plain backtracking matcher, for `events --where`, for constant folding and as the reference of tests; the kernel runs automata.
bool matches(const Pattern& pattern, Alphabet alphabet, std::string_view subject);

}  // namespace lsmpc::match
