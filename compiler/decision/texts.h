// What stands in a decision, as text: for its printer and its drawing.
#pragma once

#include <string>
#include <vector>

#include "compiler/decision/decision.h"

namespace lsmpc::decision {

// In full: 2001:0db8:0000:…
std::string addressText(const ast::Address& address);
// The numbers or networks of a test: {1, 5..9}. At most `most` of them, and how many more there are.
std::string elementsText(const Test& test, size_t most);
// `~ "/etc/*"`, `== "/a"`; at most `most` of them, and how many more there are.
std::vector<std::string> patternTexts(const match::Predicate& predicate, size_t most);
// `deny EPERM`, `allow audit`, `audit rate 10/s`
std::string actionText(const policy::Rule& rule);

// What a table looks for: an attribute's name, or what it is where it has none.
std::string subjectText(Table::Kind kind, const std::string& name);

}  // namespace lsmpc::decision
