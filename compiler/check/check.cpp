#include "compiler/check/check.h"

#include <algorithm>

#include "compiler/check/expand.h"
#include "compiler/check/expression.h"
#include "compiler/check/hook_table.h"
#include "compiler/check/types.h"

namespace lsmpc::check {
namespace {

using diag::Kind;

constexpr std::string_view kElementTypes[] = {"int", "port", "uid", "gid", "pid", "path", "string", "glob", "ip", "cidr"};

bool isPolicyName(std::string_view name) {
  if (name.empty() || name.size() > 63 || name[0] < 'a' || name[0] > 'z') return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

std::string stem(const std::string& name) { return name.substr(0, name.rfind('.')); }

class PolicyChecker {
 public:
  PolicyChecker(const Input& input, diag::Emitter& emitter)
      : input_(input),
        emitter_(emitter),
        scope_(input.file, input.libraries, input.targets, emitter) {}

  std::optional<policy::Policy> run() {
    const base::SourceFile& source = input_.sources.file(input_.file.file);
    policy_.source_path = source.name();
    policy_.source = source.text();
    for (size_t i = 0; i < input_.targets.size(); ++i) policy_.targets.push_back(input_.targets.name(i));
    if (auto since = input_.targets.enumerator("BPF_MAP_TYPE_TASK_STORAGE")) policy_.task_storage = since->present;
    header();
    declarations();
    for (const ast::Statement& statement : input_.file.statements)
      if (auto* use = std::get_if<ast::Use>(&statement)) this->use(*use);
    rules();
    if (emitter_.hasErrors()) return std::nullopt;
    policy_.types = input_.targets.types();
    return std::move(policy_);
  }

 private:
  void rules() {
    Expander expander(emitter_);
    GroupTable groups(input_, scope_, emitter_);
    groups.check(input_.file);
    HookTable table(input_, scope_, groups, emitter_);
    for (const PlacedRule& placed : expander.expand(input_.file.statements)) table.add(placed);
    table.warnOfCutOffs();
    policy_.rules = table.takeRules();
    if (policy_.rules.empty() && !emitter_.hasErrors())  // the file's first byte: there is no better place
      emitter_.report(Kind::NoRules, {input_.file.file, 0, 1})
          .hint("a rule is, for example: on file_open when path ~ \"/etc/*\" deny EPERM");
    if (table.empty() && !emitter_.hasErrors())
      emitter_.report(Kind::NoRules, {input_.file.file, 0, 1}).hint("every rule is skipped: no target has the hook of any");
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
    if (!isPolicyName(policy_.name)) {
      base::Range range = policy_.name_range;
      auto message = emitter_.report(Kind::BadPolicyName, range, policy_.name);
      if (!found) message.hint("the file's name is no policy name: begin the file with `policy NAME`");
    }
    if (!found) return;
    if (found->version) policy_.version = found->version->text;
    policy_.mode = found->mode.value_or(ast::Mode::Enforce);
  }

  // The driver has parsed what it found; what it did not find has no file here.
  void use(const ast::Use& use) {
    std::string name = joined(use.module);
    for (const ast::File* library : input_.libraries)
      if (input_.sources.file(library->file).path() == "<" + name + ">") return;
    emitter_.report(Kind::UnknownModule, use.range, name).hint("what the prelude declares needs no `use`");
  }

  // Constants and sets are looked at on no hook at all: nothing of a hook can stand in them.
  void declarations() {
    policy::HookPolicy none;
    none.targets = input_.targets.all();
    ExpressionChecker expressions(scope_, input_.targets, none, emitter_);
    for (const ast::Statement& statement : input_.file.statements) {
      if (auto* let = std::get_if<ast::Let>(&statement)) expressions.constantOnly(*let->value);
      if (auto* set = std::get_if<ast::SetDeclaration>(&statement); set && hasElementType(*set)) expressions.checkSet(*set);
    }
  }

  bool hasElementType(const ast::SetDeclaration& set) {
    if (std::find(std::begin(kElementTypes), std::end(kElementTypes), set.element_type.text) != std::end(kElementTypes)) return true;
    std::string all;
    for (std::string_view type : kElementTypes) all += (all.empty() ? "" : " ") + std::string(type);
    emitter_.report(Kind::UnknownType, set.element_type.range, set.element_type.text, all);
    return false;
  }

  const Input& input_;
  diag::Emitter& emitter_;
  Scope scope_;
  policy::Policy policy_;
};

}  // namespace

std::optional<policy::Policy> checkPolicy(const Input& input, diag::Emitter& emitter) { return PolicyChecker(input, emitter).run(); }

}  // namespace lsmpc::check
