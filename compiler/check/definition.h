// Users' attributes, and the types that declarations name: right in themselves, whether a rule uses them or not.
#pragma once

#include "compiler/check/check.h"
#include "compiler/check/scope.h"

namespace lsmpc::check {

// Attributes with a fault are marked in `scope`: their uses are no errors of their own.
void checkAttributes(const ast::File& file, const Input& input, Scope& scope, diag::Emitter& emitter);

bool isElementType(const ast::Name& type, diag::Emitter& emitter);  // of a set; reports what is none
std::string elementHint(std::string_view type);                     // what may stand in a set of it
std::string constantHint(std::string_view type);                    // the same, for what is no constant

}  // namespace lsmpc::check
