#include "compiler/driver/pipeline.h"

#include <algorithm>
#include <memory>
#include <set>
#include <vector>

#include "compiler/analyze/report.h"
#include "compiler/check/check.h"
#include "compiler/cost/cost.h"
#include "compiler/driver/confirm.h"
#include "compiler/driver/imports.h"
#include "compiler/driver/libraries.h"
#include "compiler/emit/emit.h"
#include "compiler/lint/lint.h"
#include "compiler/parse/parse.h"
#include "compiler/plan/plan.h"

namespace lsmpc::driver {
namespace {

struct StageName {
  std::string_view name;
  Stage stage;
};

constexpr StageName kStages[] = {{"tokens", Stage::Tokens},     {"ast", Stage::Ast},      {"policy", Stage::Policy},
                                 {"decision", Stage::Decision}, {"llvm", Stage::Llvm},    {"llvm-opt", Stage::LlvmOpt},
                                 {"asm", Stage::Asm},           {"object", Stage::Object}};

void collectMissing(const std::vector<ast::Statement>& statements, const btf::TargetSet& targets, std::set<std::string>& missing) {
  auto add = [&](const ast::Name& hook) {
    if (!targets.hook(hook.text)) missing.insert(hook.text);
  };
  for (const ast::Statement& statement : statements) {
    if (auto* scope = std::get_if<ast::Scope>(&statement)) collectMissing(scope->block->statements, targets, missing);
    if (auto* one = std::get_if<ast::Template>(&statement)) collectMissing(one->block->statements, targets, missing);
    if (auto* on = std::get_if<ast::On>(&statement); on && on->if_present) std::for_each(on->hooks.begin(), on->hooks.end(), add);
    if (auto* attribute = std::get_if<ast::AttributeDeclaration>(&statement))
      std::for_each(attribute->hooks.begin(), attribute->hooks.end(), add);
    if (auto* group = std::get_if<ast::Group>(&statement))
      for (const ast::GroupMember& member : group->members) add(member.hook);
    if (auto* test = std::get_if<ast::Test>(&statement))
      for (const ast::Step& step : test->steps)
        if (policy::stepKindOf(step.hook.text) == policy::StepKind::Call) add(step.hook);
    if (auto* assertion = std::get_if<ast::Assertion>(&statement); assertion && assertion->if_present)
      std::for_each(assertion->hooks.begin(), assertion->hooks.end(), add);
  }
}

// Hooks of shipped kernels that `if present`, a group or a test names and no target has: another kernel's, not a slip of the pen.
std::set<std::string> knownHooks(const ast::File& file, const std::vector<const ast::File*>& used, const btf::TargetSet& targets) {
  std::set<std::string> missing, known;
  collectMissing(file.statements, targets, missing);
  for (const ast::File* one : used) collectMissing(one->statements, targets, missing);
  if (missing.empty()) return known;
  btf::OpenError error;
  auto shipped = btf::TargetSet::open(btf::TargetSet::shipped(kernelsDir()), kernelsDir(), error);
  for (const std::string& hook : missing)
    if (shipped && shipped->hook(hook)) known.insert(hook);
  return known;
}

emit::Stage emitStage(Stage stage) {
  switch (stage) {
    case Stage::Llvm: return emit::Stage::Llvm;
    case Stage::LlvmOpt: return emit::Stage::LlvmOptimised;
    case Stage::Asm: return emit::Stage::Assembly;
    default: return emit::Stage::Object;  // check does the same work, so that it finds what build would
  }
}

std::string explained(const decision::Decision& decision, Explain explain) {
  if (explain == Explain::Nothing) return "";
  cost::Cost cost = cost::costOf(decision);
  return explain == Explain::Json ? cost::renderJson(cost, decision.policy) : cost::renderText(cost, decision.policy);
}

// Each is asked of the compiled policy, once there is one to ask.
void reportAnalysis(const Typed& typed, const std::string& object, const base::SourceSet& sources, const btf::TargetSet& targets,
                    diag::Emitter& emitter) {
  analyze::Confirm confirm = confirming(typed.policy, targets, [&] { return std::optional(object); });
  analyze::Wanted wanted{rulesToAnalyse(sources, emitter), false};
  analyze::reportFates(typed.policy, analyze::fatesOf(typed.policy, wanted), confirm, emitter);
}

// Of a policy whose claims fail no object is made, but for this.
void proveAssertions(const policy::Policy& policy, const btf::TargetSet& targets, diag::Emitter& emitter) {
  auto compiled = [&]() -> std::optional<std::string> {
    policy::Policy unclaimed = policy;
    unclaimed.assertions.clear();
    diag::Emitter ignored;  // what is wrong with it is told where it is compiled as it is
    auto object = compilePolicy(std::move(unclaimed), targets, Stage::Object, emit::Finish::InChild, Explain::Nothing, ignored);
    return object ? std::optional(std::move(object->output)) : std::nullopt;
  };
  analyze::proveAssertions(policy, confirming(policy, targets, compiled), emitter);
}

}  // namespace

std::optional<Stage> stageByName(std::string_view name) {
  for (const StageName& stage : kStages)
    if (stage.name == name) return stage.stage;
  return std::nullopt;
}

std::string stageNames() {
  std::string names;
  for (const StageName& stage : kStages) names += (names.empty() ? "" : " ") + std::string(stage.name);
  return names;
}

std::function<bool(const policy::Rule&)> rulesToAnalyse(const base::SourceSet& sources, const diag::Emitter& emitter) {
  std::vector<base::Range> told;
  for (const diag::Diagnostic& one : emitter.sorted())
    if (one.kind == diag::Kind::RuleNeverMatches || one.kind == diag::Kind::RuleNeverReached) told.push_back(one.range);
  return [&sources, told](const policy::Rule& rule) {
    bool ours = sources.file(rule.range.file).path().starts_with("<");
    return !ours && std::find(told.begin(), told.end(), rule.range) == told.end();
  };
}

std::optional<Typed> typePolicy(base::SourceSet& sources, base::FileId id, const btf::TargetSet& targets, bool may_be_library,
                                diag::Emitter& emitter) {
  auto file = parse::parseFile(sources, id, emitter);
  if (!file) return std::nullopt;
  auto imports = readImports(sources, *file, emitter);
  if (!imports) return std::nullopt;
  bool library = may_be_library && isLibrary(*file);
  std::vector<const ast::File*> used;
  for (const auto& one : imports->files) used.push_back(one.get());
  std::set<std::string> known = knownHooks(*file, used, targets);
  auto checked = [&](Extent extent, diag::Emitter& own) -> std::optional<policy::Policy> {
    auto libraries = parseLibraries(sources, *file, *imports, extent, own);
    if (own.hasFaults()) return std::nullopt;
    std::vector<const ast::File*> library_files;
    for (const auto& one : libraries) library_files.push_back(one.get());
    return check::checkPolicy({*file, library_files, targets, sources, used, imports->texts, library, usableModules(), known}, own);
  };
  diag::Emitter quick;
  auto policy = checked(Extent::Asked, quick);
  if (!policy || !quick.sorted().empty()) policy = checked(Extent::Whole, emitter);
  if (!policy || emitter.hasErrors() || emitter.hasFaults()) return std::nullopt;
  return Typed{std::move(*policy), library};
}

std::optional<decision::Decision> planPolicy(policy::Policy policy, const btf::TargetSet& targets, diag::Emitter& emitter) {
  proveAssertions(policy, targets, emitter);
  auto decision = plan::planDecisions(std::move(policy), emitter);
  if (!decision || emitter.hasErrors()) return std::nullopt;
  if (std::string wrong = decision::verify(*decision); !wrong.empty()) {
    emitter.report(diag::Kind::DecisionFault, decision->policy.name_range, wrong);
    return std::nullopt;
  }
  return decision;
}

std::optional<Compiled> compilePolicy(policy::Policy policy, const btf::TargetSet& targets, Stage stage, emit::Finish finish,
                                      Explain explain, diag::Emitter& emitter) {
  if (stage == Stage::Policy) return Compiled{policy.name, policy::print(policy), "", policy.name_range};
  auto decision = planPolicy(std::move(policy), targets, emitter);
  if (!decision) return std::nullopt;
  const policy::Policy& planned = decision->policy;
  if (stage == Stage::Decision) return Compiled{planned.name, decision::print(*decision), "", planned.name_range};
  auto output = emit::emitObject(*decision, emitStage(stage), finish, emitter);
  if (!output) return std::nullopt;
  Compiled compiled{planned.name, std::move(*output), explained(*decision, explain), planned.name_range};
  if (finish == emit::Finish::Here) static_cast<void>(new decision::Decision(std::move(*decision)));  // the process ends soon
  return compiled;
}

std::optional<Compiled> compile(base::SourceSet& sources, base::FileId id, const btf::TargetSet& targets, Stage stage, emit::Finish finish,
                                Explain explain, bool may_be_library, diag::Emitter& emitter) {
  if (stage == Stage::Tokens) {
    auto tokens = parse::dumpTokens(sources, id, emitter);
    return tokens ? std::optional(Compiled{"", std::move(*tokens)}) : std::nullopt;
  }
  if (stage == Stage::Ast) {
    auto file = parse::parseFile(sources, id, emitter);
    return !file || emitter.hasErrors() ? std::nullopt : std::optional(Compiled{"", ast::print(*file)});
  }
  auto typed = typePolicy(sources, id, targets, may_be_library, emitter);
  if (!typed) return std::nullopt;
  if (typed->library) return Compiled{.library = true};
  if (stage != Stage::Check) return compilePolicy(std::move(typed->policy), targets, stage, finish, explain, emitter);
  auto compiled = compilePolicy(typed->policy, targets, stage, finish, explain, emitter);
  if (!compiled) return compiled;
  lint::lintPolicy(typed->policy, sources, emitter);  // who builds each day has read them once
  reportAnalysis(*typed, compiled->output, sources, targets, emitter);
  return compiled;
}

}  // namespace lsmpc::driver
