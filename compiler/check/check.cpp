#include "compiler/check/check.h"

#include <algorithm>

#include "compiler/check/assertion.h"
#include "compiler/check/definition.h"
#include "compiler/check/expand.h"
#include "compiler/check/expression.h"
#include "compiler/check/hook_table.h"
#include "compiler/check/template.h"
#include "compiler/check/test.h"
#include "compiler/check/types.h"
#include "runtime/match/suggest.h"

namespace lsmpc::check {
namespace {

using diag::Kind;

std::string stem(const std::string& name) { return name.substr(0, name.rfind('.')); }

class PolicyChecker {
 public:
  PolicyChecker(const Input& input, diag::Emitter& emitter) : input_(input), emitter_(emitter), scope_(input, emitter) {}

  std::optional<policy::Policy> run() {
    const base::SourceFile& source = input_.sources.file(input_.file.file);
    policy_.source_path = source.name();
    policy_.source = source.text();
    policy_.used = input_.used_texts;
    for (size_t i = 0; i < input_.targets.size(); ++i) policy_.targets.push_back(input_.targets.name(i));
    if (auto since = input_.targets.enumerator("BPF_MAP_TYPE_TASK_STORAGE")) policy_.task_storage = since->present;
    header();
    std::vector<const ast::File*> files = input_.used;
    files.push_back(&input_.file);
    for (const ast::File* file : files) declarations(*file);
    for (const ast::File* file : files) checkAttributes(*file, input_, scope_, emitter_);
    GroupTable groups(input_, scope_, emitter_);
    for (const ast::File* file : files) groups.check(*file);
    TemplateTable templates(input_, scope_, groups, emitter_);
    for (const ast::File* file : files) templates.check(*file);
    for (const ast::Statement& statement : input_.file.statements)
      if (auto* use = std::get_if<ast::Use>(&statement)) this->use(*use);
    rules(groups, templates);
    policy_.tests = checkTests(input_.file, input_, scope_, emitter_);
    policy_.assertions = checkAssertions(input_.file, input_, scope_, groups, emitter_);
    if (emitter_.hasErrors()) return std::nullopt;
    policy_.types = input_.targets.types();
    return std::move(policy_);
  }

 private:
  void rules(GroupTable& groups, TemplateTable& templates) {
    Expander expander(scope_, templates, emitter_);
    HookTable table(input_, scope_, groups, emitter_);
    for (const PlacedRule& placed : expander.expand(input_.file.statements)) table.add(placed);
    table.warnOfCutOffs();
    policy_.rules = table.takeRules();
    base::Range first{input_.file.file, 0, 1};  // the file's first byte: there is no better place
    if (policy_.rules.empty() && !input_.may_be_library && !emitter_.hasErrors())
      emitter_.report(Kind::NoRules, first).hint("a rule is, for example: on file_open when path ~ \"/etc/*\" deny EPERM");
    if (!policy_.rules.empty() && table.empty() && !emitter_.hasErrors())
      emitter_.report(Kind::NoRules, policy_.rules.front().range)
          .hint("every rule is skipped, since " + input_.targets.names(input_.targets.all()) +
                " has no hook of any: choose other targets, or leave this policy out there");
    if (emitter_.hasErrors()) return;
    table.addEvents();
    policy_.hooks = table.takeHooks();
  }

  void header() {
    const ast::PolicyHeader* found = nullptr;
    for (const ast::Statement& statement : input_.file.statements) {
      auto* header = std::get_if<ast::PolicyHeader>(&statement);
      if (header && found) emitter_.report(Kind::TwoHeaders, header->range).note(found->range, "the first");
      if (header && !found) found = header;
    }
    policy_.name = found ? found->name.text : stem(policy_.source_path);
    policy_.name_range = found ? found->name.range : base::Range{input_.file.file, 0, 1};
    if (!policy::isPolicyName(policy_.name)) {
      base::Range range = policy_.name_range;
      auto message = emitter_.report(Kind::BadPolicyName, range, policy_.name);
      if (!found) message.hint("the file's name is no policy name: begin the file with `policy NAME`");
    }
    if (!found) return;
    if (found->version) policy_.version = found->version->text;
    policy_.mode = found->mode.value_or(ast::Mode::Enforce);
    policy_.unresolved_allow = found->unresolved_allow;
    policy_.foreign_trust = found->foreign_trust;
  }

  // Files beside the policy are the driver's; of the library it has parsed what it found.
  void use(const ast::Use& use) {
    std::string name = joined(use.module);
    if (use.module.front().text != "std") return;
    for (const ast::File* library : input_.libraries)
      if (input_.sources.file(library->file).path() == "<" + name + ">") return;
    std::string known;
    std::vector<std::string> names;
    for (const Module& module : input_.modules) names.emplace_back(module.name);
    for (const std::string& module : names) known += (known.empty() ? "`std." : ", `std.") + module + "`";
    auto nearest = match::nearest(use.module.back().text, names);
    emitter_.report(Kind::UnknownModule, use.range, name)
        .hint(nearest ? "did you mean `std." + *nearest + "`?" : "there are " + known + "; what the prelude declares needs no `use`");
  }

  // Constants and sets are looked at on no hook at all: nothing of a hook can stand in them.
  void declarations(const ast::File& file) {
    policy::HookPolicy none;
    none.targets = input_.targets.all();
    ExpressionChecker expressions(scope_, input_.targets, none, emitter_);
    for (const ast::Statement& statement : file.statements) {
      if (auto* let = std::get_if<ast::Let>(&statement)) expressions.constantOnly(*let->value);
      if (auto* set = std::get_if<ast::SetDeclaration>(&statement); set && isElementType(set->element_type, emitter_))
        expressions.checkSet(*set);
    }
  }

  const Input& input_;
  diag::Emitter& emitter_;
  Scope scope_;
  policy::Policy policy_;
};

}  // namespace

std::optional<policy::Policy> checkPolicy(const Input& input, diag::Emitter& emitter) { return PolicyChecker(input, emitter).run(); }

}  // namespace lsmpc::check
