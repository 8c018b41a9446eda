// What is known of a value while a rule is judged by its text.
#pragma once

#include <string>
#include <vector>

#include "compiler/policy/policy.h"

namespace lsmpc::judge {

// Unsaid: it has a value that nobody has told.
enum class Known : uint8_t { Value, Absent, Unresolved, Unsaid };

struct Value {
  Known known = Known::Unsaid;
  policy::Int number = 0;          // integers, flags, truths, pointers (0: null)
  std::vector<std::string> texts;  // of `ancestor.exe` all; else one
  ast::Address address;
};

enum class Truth : uint8_t { False, True, Unresolved, Unsaid };

// Kleene's logic, with what is unsaid as one of the three that nobody knows.
Truth negated(Truth truth);
Truth both(Truth left, Truth right);
Truth either(Truth left, Truth right);
inline Truth truthOf(bool value) { return value ? Truth::True : Truth::False; }

}  // namespace lsmpc::judge
