// The standard library's attribute declarations, parsed, for commands that show them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/ast/ast.h"

namespace lsmpc::driver {

struct DocumentedAttribute {
  std::string module;
  std::string name;
  std::string type;
  std::vector<std::string> hooks;  // empty: every hook where `current` is the actor
  std::string doc;
};

std::vector<DocumentedAttribute> documentedAttributes();

}  // namespace lsmpc::driver
