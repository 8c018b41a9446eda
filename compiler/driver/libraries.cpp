#include "compiler/driver/libraries.h"

#include <algorithm>

#include "compiler/parse/parse.h"
#include "compiler/policy/test.h"
#include "stdlib/asked.h"
#include "stdlib/library.h"

namespace lsmpc::driver {
namespace {

constexpr std::string_view kPrelude = "prelude";
constexpr std::string_view kAlways[] = {kPrelude, "groups"};
// Attributes that are looked for on every hook.
constexpr std::string_view kEventFields =
#define LSMPC_EVENT_FIELD(attribute, field) attribute " "
#include "compiler/policy/event_fields.def"
    ;
// Hooks that steps of tests mean without naming them.
constexpr std::string_view kStepHooks =
#define LSMPC_STEP_KIND(kind, word, hook) hook " "
#include "compiler/policy/step_kinds.def"
    ;

bool hasStepOfItsOwn(const ast::File& file) {
  for (const ast::Statement& statement : file.statements)
    if (auto* test = std::get_if<ast::Test>(&statement))
      for (const ast::Step& step : test->steps)
        if (policy::stepKindOf(step.hook.text) != policy::StepKind::Call) return true;
  return false;
}

void collectModules(const ast::File& file, std::vector<std::string>& wanted) {
  for (const ast::Statement& statement : file.statements)
    if (auto* use = std::get_if<ast::Use>(&statement); use && use->module.size() == 2 && use->module[0].text == "std" &&
                                                       std::find(wanted.begin(), wanted.end(), use->module[1].text) == wanted.end())
      wanted.push_back(use->module[1].text);
}

std::vector<const stdlib::Module*> modulesOf(const ast::File& file, const Imports& imports) {
  std::vector<std::string> wanted(std::begin(kAlways), std::end(kAlways));
  collectModules(file, wanted);
  for (const auto& used : imports.files) collectModules(*used, wanted);
  std::vector<const stdlib::Module*> result;
  for (const std::string& name : wanted)
    for (const stdlib::Module& module : stdlib::modules())
      if (module.name == name) result.push_back(&module);
  return result;
}

}  // namespace

std::vector<std::unique_ptr<ast::File>> parseLibraries(base::SourceSet& sources, const ast::File& file, const Imports& imports,
                                                       Extent extent, diag::Emitter& emitter) {
  std::vector<const stdlib::Module*> modules = modulesOf(file, imports);
  std::vector<std::string_view> texts = {kEventFields, sources.file(file.file).text()};
  if (hasStepOfItsOwn(file)) texts.push_back(kStepHooks);
  for (const auto& used : imports.files) texts.push_back(sources.file(used->file).text());
  for (const stdlib::Module* module : modules)
    if (module->name != kPrelude) texts.push_back(module->text);
  std::vector<std::unique_ptr<ast::File>> result;
  for (const stdlib::Module* module : modules) {
    bool whole = extent == Extent::Whole || module->name != kPrelude;
    base::FileId id =
        sources.add("<std." + std::string(module->name) + ">", whole ? std::string(module->text) : stdlib::asked(module->text, texts));
    diag::Emitter own;  // a fault in the library is ours, not the user's
    auto parsed = parse::parseFile(sources, id, own);
    if (!parsed || own.hasErrors()) {
      std::string why = own.sorted().empty() ? "unreadable" : own.sorted().front().text;
      base::Range range = own.sorted().empty() ? base::Range{id, 0, 0} : own.sorted().front().range;
      emitter.report(diag::Kind::LibraryFault, range, why);
      continue;
    }
    result.push_back(std::make_unique<ast::File>(std::move(*parsed)));
  }
  return result;
}

std::vector<check::Module> usableModules() {
  std::vector<check::Module> usable;
  for (const stdlib::Module& module : stdlib::modules())
    if (std::find(std::begin(kAlways), std::end(kAlways), module.name) == std::end(kAlways)) usable.push_back({module.name, module.text});
  return usable;
}

}  // namespace lsmpc::driver
