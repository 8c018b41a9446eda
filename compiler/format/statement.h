// Where the lines of each kind of statement may break, and which of its tokens stand together. A statement of which nothing is said here
// stands on one line.
#pragma once

#include "compiler/format/layout.h"

namespace lsmpc::format {

void layOut(Layout& layout, const ast::PolicyHeader& header);
void layOut(Layout& layout, const ast::Use& use);
void layOut(Layout& layout, const ast::Let& let);
void layOut(Layout& layout, const ast::SetDeclaration& set);
void layOut(Layout& layout, const ast::AttributeDeclaration& attribute);
void layOut(Layout& layout, const ast::Group& group);
void layOut(Layout& layout, const ast::On& rule);
void layOut(Layout& layout, const ast::Scope& scope);    // the head
void layOut(Layout& layout, const ast::Template& head);  // the head
void layOut(Layout& layout, const ast::CallStatement& call);
void layOut(Layout& layout, const ast::Test& test);
void layOut(Layout& layout, const ast::Assertion& assertion);

}  // namespace lsmpc::format
