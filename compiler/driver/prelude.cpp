#include "compiler/driver/prelude.h"

#include "compiler/parse/parse.h"
#include "stdlib/library.h"

namespace lsmpc::driver {
namespace {

DocumentedAttribute describe(std::string_view module, const ast::AttributeDeclaration& declaration) {
  DocumentedAttribute result{std::string(module), "", declaration.type.text, {}, declaration.doc};
  for (const ast::Name& part : declaration.name) result.name += (result.name.empty() ? "" : ".") + part.text;
  for (const ast::Name& hook : declaration.hooks) result.hooks.push_back(hook.text);
  return result;
}

}  // namespace

std::vector<DocumentedAttribute> documentedAttributes() {
  std::vector<DocumentedAttribute> result;
  base::SourceSet sources;
  for (const stdlib::Module& module : stdlib::modules()) {
    diag::Emitter emitter;
    auto file = parse::parseFile(sources, sources.add(std::string(module.name), std::string(module.text)), emitter);
    if (!file) continue;
    for (const ast::Statement& statement : file->statements)
      if (auto* attribute = std::get_if<ast::AttributeDeclaration>(&statement)) result.push_back(describe(module.name, *attribute));
  }
  return result;
}

}  // namespace lsmpc::driver
