// What the standard library declares for users, parsed, for commands that show it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lsmpc::driver {

struct DocumentedAttribute {
  std::string module;
  std::string name;
  std::string type;
  std::vector<std::string> hooks;  // empty: every hook where `current` is the actor
  std::string doc;                 // the comment above it
};

// A template, group or set.
struct DocumentedDeclaration {
  std::string module;
  std::string name;
  std::string_view kind;
  std::string head;  // as written, to its end or its `{`
  std::string doc;
};

std::vector<DocumentedAttribute> documentedAttributes();
std::vector<DocumentedDeclaration> documentedDeclarations();

}  // namespace lsmpc::driver
