#include "compiler/check/title.h"

namespace lsmpc::check {

using diag::Kind;

void addTitle(const ast::Name& name, const std::string& what, Titles& titles, diag::Emitter& emitter) {
  if (name.text.empty()) emitter.report(Kind::NoName, name.range, what).hint("it is what results are told by");
  auto [first, added] = titles.emplace(name.text, name.range);
  if (!added) emitter.report(Kind::NameTwice, name.range, what + "s").note(first->second, "the first");
}

}  // namespace lsmpc::check
