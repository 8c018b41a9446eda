// Constants and sets that stand on themselves, or on too many others: later phases follow them without counting.
#pragma once

#include <map>
#include <set>
#include <string>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostic.h"

namespace lsmpc::check {

using Declarations = std::map<std::string, const ast::Expr*, std::less<>>;

// Names whose value cannot be had; each circle is reported once.
std::set<std::string, std::less<>> circularNames(const Declarations& values, const std::map<std::string, ast::Range>& places,
                                                 diag::Emitter& emitter);

// Every name that the expression looks up, in the order written.
void collectNames(const ast::Expr& expr, std::vector<const ast::Name*>& names);

}  // namespace lsmpc::check
