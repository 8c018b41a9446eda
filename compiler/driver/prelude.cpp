#include "compiler/driver/prelude.h"

#include <optional>

#include "compiler/ast/ast.h"
#include "compiler/parse/parse.h"
#include "stdlib/library.h"

namespace lsmpc::driver {
namespace {

// Calls take(module, source, statement) for each statement of the library.
template <typename Take>
void forEachStatement(Take take) {
  base::SourceSet sources;
  for (const stdlib::Module& module : stdlib::modules()) {
    diag::Emitter emitter;
    base::FileId id = sources.add(std::string(module.name), std::string(module.text));
    auto file = parse::parseFile(sources, id, emitter);
    if (!file) continue;
    for (const ast::Statement& statement : file->statements) take(module.name, sources.file(id), statement);
  }
}

DocumentedAttribute describe(std::string_view module, const ast::AttributeDeclaration& declaration) {
  DocumentedAttribute result{std::string(module), "", declaration.type.text, {}, declaration.doc};
  for (const ast::Name& part : declaration.name) result.name += (result.name.empty() ? "" : ".") + part.text;
  for (const ast::Name& hook : declaration.hooks) result.hooks.push_back(hook.text);
  return result;
}

// The `##` lines right above, without the marks.
std::string docAbove(const base::SourceFile& source, uint32_t line) {
  std::string doc;
  for (uint32_t above = line - 1; above > 0 && source.line(above).starts_with("##"); --above)
    doc = std::string(source.line(above).substr(source.line(above).starts_with("## ") ? 3 : 2)) + (doc.empty() ? "" : "\n") + doc;
  return doc;
}

std::optional<DocumentedDeclaration> describe(std::string_view module, const base::SourceFile& source, const ast::Statement& statement) {
  auto described = [&](std::string_view kind, const ast::Name& name, base::Range range) {
    std::string head(source.text().substr(range.begin, range.end - range.begin));
    while (head.ends_with('{') || head.ends_with(' ')) head.pop_back();
    return DocumentedDeclaration{std::string(module), name.text, kind, head, docAbove(source, source.position(range.begin).line)};
  };
  if (auto* one = std::get_if<ast::Template>(&statement)) return described("template", one->name, one->range);
  if (auto* one = std::get_if<ast::Group>(&statement)) return described("group", one->name, one->range);
  if (auto* one = std::get_if<ast::SetDeclaration>(&statement)) return described("set", one->name, one->range);
  return std::nullopt;
}

}  // namespace

std::vector<DocumentedAttribute> documentedAttributes() {
  std::vector<DocumentedAttribute> result;
  forEachStatement([&](std::string_view module, const base::SourceFile&, const ast::Statement& statement) {
    if (auto* attribute = std::get_if<ast::AttributeDeclaration>(&statement)) result.push_back(describe(module, *attribute));
  });
  return result;
}

std::vector<DocumentedDeclaration> documentedDeclarations() {
  std::vector<DocumentedDeclaration> result;
  forEachStatement([&](std::string_view module, const base::SourceFile& source, const ast::Statement& statement) {
    if (auto one = describe(module, source, statement)) result.push_back(std::move(*one));
  });
  return result;
}

}  // namespace lsmpc::driver
