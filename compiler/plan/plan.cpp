#include "compiler/plan/plan.h"

#include <algorithm>

#include "compiler/plan/events.h"
#include "compiler/plan/order.h"
#include "compiler/plan/prune.h"
#include "compiler/plan/reach.h"
#include "compiler/plan/tabulate.h"
#include "compiler/plan/translate.h"

namespace lsmpc::plan {
namespace {

using decision::NodeId;

constexpr uint64_t kRenameExchange = 0x2;  // RENAME_EXCHANGE of linux/fs.h
constexpr size_t kMostNotes = 3;

// What of a table is too much, by match::PathExcess::Kind.
struct ExcessText {
  std::string_view what, hint;
};
constexpr ExcessText kExcess[] = {
    {"alternatives of its braces", "write fewer braces into one pattern: several patterns of a set cost less"},
    {"sequences of its `**`", "write fewer `**` into one pattern that touch a name"},
    {"sequences of `**` and braces", "write fewer `**` and braces"},
    {"states for the wildcards of one directory", "use fewer `*` in one name of the pattern"},
    {"places at once that a path can be in", "use fewer patterns that go on behind `**`"},
    {"combinations of places that a path can be in", "use fewer patterns that go on behind `**`"},
    {"words", "split the policy: each loaded policy has this room to itself"},
};

constexpr std::string_view kSubjects[] = {"path", "number", "address"};  // by decision::Table::Kind

// One hook: conditions in rule order, then only what they need. The policies of a bundle follow one another and share values.
class HookPlanner {
 public:
  HookPlanner(const policy::Policy& policy, const btf::Hook& hook, SetStore& sets, FactTable& facts, diag::Emitter& emitter)
      : policy_(policy),
        sets_(sets),
        facts_(facts),
        emitter_(emitter),
        graph_(program_),
        matchers_(program_),
        reach_(program_) {
    program_.hook = hook;
  }

  void add(const policy::HookPolicy& hook) {
    Translator translator(hook, graph_, matchers_, sets_, facts_, emitter_);
    program_.targets |= hook.targets;
    decided_.reset();
    reach_ = Reach(program_);
    for (const policy::HookRule& rule : hook.rules) addRule(rule, hook, translator);
    if (program_.event_fields.empty()) program_.event_fields = eventFields(hook, translator);
  }

  std::optional<decision::Program> finish() {
    if (auto fault = tabulate(program_, graph_, matchers_, sets_, policy_)) {
      report(*fault);
      return std::nullopt;
    }
    if (program_.steps.size() > kMaxSteps) {
      reportTooMany();
      return std::nullopt;
    }
    prune(program_);
    if (auto fault = matchers_.build({})) {
      const policy::Rule& rule = policy_.rules[fault->rule];
      emitter_.report(diag::Kind::AutomatonTooLarge, rule.range, program_.hook.name, std::to_string(fault->states))
          .hint("use fewer `*` and `**` before the end of a pattern, or `under` for a directory");
      return std::nullopt;
    }
    orderTests(program_);
    return std::move(program_);
  }

 private:
  void addRule(const policy::HookRule& hook_rule, const policy::HookPolicy& hook, Translator& translator) {
    const policy::Rule& rule = policy_.rules[hook_rule.rule];
    if (decided_) return reportNeverReached(rule, *decided_, "this rule decides every event that reaches it");
    NodeId condition = judge(hook_rule, rule, translator);
    if (graph_.isFalse(condition)) {
      if (!emitter_.hasErrors()) emitter_.report(diag::Kind::RuleNeverMatches, rule.range, program_.hook.name);
      return;
    }
    // What ends unresolved permits nothing and is denied, but where the policy says otherwise.
    bool certain = rule.verdict == policy::Verdict::Allow || policy::allowsUnresolved(policy_, hook.member);
    if (auto decider = reach_.before(condition, certain))
      return reportNeverReached(rule, *decider, "this rule decides every event that it would match");
    program_.steps.push_back({hook_rule.rule, condition, certain});
    if (rule.verdict == policy::Verdict::None) return;
    reach_.decide(condition, certain, hook_rule.rule);
    if (graph_.isTrue(condition)) decided_ = hook_rule.rule;
  }

  void reportNeverReached(const policy::Rule& rule, uint32_t decider, const char* why) {
    emitter_.report(diag::Kind::RuleNeverReached, rule.range, program_.hook.name)
        .note(policy_.rules[decider].range, why)
        .hint("move the rule before it, or let the other match less");
  }

  // The condition seen from each path of the event, and from both ends of an exchange.
  NodeId judge(const policy::HookRule& hook_rule, const policy::Rule& rule, Translator& translator) {
    bool allow = rule.verdict == policy::Verdict::Allow;
    NodeId plain = fromEachPath(hook_rule, allow, false, translator);
    if (program_.hook.name != "path_rename" || !translator.usesOldOrNew(hook_rule.condition) || !hasArgument("flags")) return plain;
    NodeId swapped = fromEachPath(hook_rule, allow, true, translator);
    if (swapped == plain) return plain;
    NodeId exchange = isExchange();
    if (allow) return graph_.all({plain, graph_.any({graph_.negate(exchange), swapped})});
    return graph_.any({plain, graph_.all({exchange, swapped})});
  }

  NodeId fromEachPath(const policy::HookRule& hook_rule, bool allow, bool swapped, Translator& translator) {
    std::vector<NodeId> views = {translator.condition(hook_rule.condition, {0, swapped}, hook_rule.rule)};
    if (translator.usesEither(hook_rule.condition))
      views.push_back(translator.condition(hook_rule.condition, {1, swapped}, hook_rule.rule));
    return allow ? graph_.all(views) : graph_.any(views);
  }

  bool hasArgument(std::string_view name) const {
    return std::any_of(program_.hook.arguments.begin(), program_.hook.arguments.end(),
                       [&](const btf::HookArgument& argument) { return argument.name == name; });
  }

  // Kernels whose hook has no `flags` call it once per end; the argument is 0 there.
  NodeId isExchange() {
    decision::Value flags{.op = decision::ValueOp::Argument, .type = {.kind = policy::TypeKind::Int, .bits = 32}};
    flags.argument = "flags";
    return graph_.test({.op = decision::TestOp::Mask, .left = graph_.value(std::move(flags)), .mask = kRenameExchange, .any = true});
  }

  void report(const TableExcess& fault) {
    const ExcessText& text = kExcess[static_cast<size_t>(fault.excess.kind)];
    const std::string& path = fault.excess.witness;
    auto message = emitter_.report(diag::Kind::TooManyPaths, policy_.rules[fault.rules[0]].range, program_.hook.name,
                                   std::to_string(fault.rows), std::to_string(fault.excess.found), text.what,
                                   std::to_string(fault.excess.limit), kSubjects[static_cast<size_t>(fault.kind)]);
    for (size_t i = 1; i < std::min(fault.rules.size(), kMostNotes + 1); ++i)
      message.note(policy_.rules[fault.rules[i]].range, "so does this rule");
    message.hint(std::string(text.hint) + (path.empty() ? "" : "; a path such as " + policy::quoted(path) + " fits too many"));
  }

  void reportTooMany() {
    const policy::Rule& rule = policy_.rules[program_.steps[kMaxSteps].rule];
    emitter_
        .report(diag::Kind::TooManyRules, rule.range, program_.hook.name, std::to_string(program_.steps.size()), std::to_string(kMaxSteps))
        .hint("join rules that differ only in a path or a number into one with a set");
  }

  const policy::Policy& policy_;
  SetStore& sets_;
  FactTable& facts_;
  diag::Emitter& emitter_;
  decision::Program program_;
  Graph graph_;
  MatcherTable matchers_;
  Reach reach_;
  std::optional<uint32_t> decided_;  // the rule after which nothing is reached
};

// One place for each account, whichever programs ask for it.
void placeAccounts(decision::Decision& decision) {
  for (decision::Program& program : decision.programs)
    for (decision::Value& value : program.values) {
      if (value.op != decision::ValueOp::Account) continue;
      auto same = [&](const decision::Account& one) { return one.account == value.account; };
      auto found = std::find_if(decision.accounts.begin(), decision.accounts.end(), same);
      value.index = static_cast<uint64_t>(found - decision.accounts.begin());
      if (found == decision.accounts.end()) decision.accounts.push_back({value.account, value.rule});
    }
}

}  // namespace

std::optional<decision::Decision> planDecisions(policy::Policy policy, diag::Emitter& emitter) {
  size_t errors = emitter.errorCount();
  decision::Decision decision;
  FactTable facts;
  SetStore sets;
  for (size_t i = 0; i < policy.hooks.size(); ++i) {
    const std::string& name = policy.hooks[i].hook.name;
    auto isSame = [&](const policy::HookPolicy& other) { return other.hook.name == name; };
    auto begin = policy.hooks.begin(), here = begin + static_cast<ptrdiff_t>(i);
    if (std::any_of(begin, here, isSame)) continue;  // planned with the first
    HookPlanner planner(policy, here->hook, sets, facts, emitter);
    for (auto one = here; one != policy.hooks.end(); ++one)
      if (isSame(*one)) planner.add(*one);
    if (auto program = planner.finish()) decision.programs.push_back(std::move(*program));
  }
  auto built = facts.build(decision.programs, emitter);
  if (emitter.errorCount() != errors || emitter.hasFaults() || !built) return std::nullopt;
  decision.facts = std::move(*built);
  decision.policy = std::move(policy);
  placeAccounts(decision);
  decision.sets = sets.build(decision.programs);
  decision.maps = sets.buildMaps(decision.programs);
  return decision;
}

}  // namespace lsmpc::plan
