#include <algorithm>
#include <cstring>

#include "compiler/analyze/witness.h"
#include "compiler/cost/cost.h"
#include "compiler/decision/texts.h"
#include "compiler/drawing/drawing.h"
#include "compiler/driver/joined.h"
#include "compiler/driver/review_page.h"
#include "compiler/emit/stack.h"
#include "compiler/judge/parts.h"
#include "compiler/verify/limits.h"

namespace lsmpc::driver {
namespace {

using policy::Verdict;

std::string doesOf(const policy::Rule& rule) {
  std::string text = rule.verdict == Verdict::Allow  ? "permits, and no later rule is asked"
                     : rule.verdict == Verdict::Deny ? "refuses with " + rule.errno_name
                     : rule.verdict == Verdict::Kill ? "refuses, and sends " + rule.signal_name + " to the task"
                                                     : "decides nothing, and the next rule is asked";
  text += rule.event ? "; it is recorded" : rule.quiet ? "; it is counted, not recorded" : "; it is not recorded";
  if (rule.rate.limits()) text += ", at most " + rule.rate.text;
  if (!rule.message.empty()) text += ", as " + policy::quoted(rule.message);
  return text;
}

page::Tone toneOf(const policy::Rule& rule) {
  return policy::refuses(rule.verdict) ? page::Tone::Refuse : rule.verdict == Verdict::Allow ? page::Tone::Permit : page::Tone::Record;
}

// Whether a part of it stands elsewhere in the rule's file: around it in a scope, or in a template.
bool asksElsewhere(const policy::Expr& condition, const policy::Rule& rule) {
  std::vector<const policy::Expr*> parts = judge::partsOf(condition);
  return std::any_of(parts.begin(), parts.end(), [&](const policy::Expr* one) {
    const base::Range &part = one->range, &whole = rule.range;
    return part.file == whole.file && part.end > part.begin && (part.begin < whole.begin || part.end > whole.end);
  });
}

class Hooks {
 public:
  Hooks(const Review& review, const base::SourceSet& sources)
      : review_(review),
        policy_(review.subject.policy),
        sources_(sources),
        cost_(cost::costOf(review.decision)),
        depths_(emit::callDepths(review.bytes).value_or(std::vector<emit::CallDepth>{})) {}

  std::vector<page::Hook> all() const {
    std::vector<page::Hook> hooks;
    for (const policy::HookPolicy& hook : policy_.hooks) hooks.push_back(one(hook));
    return hooks;
  }

 private:
  // What is compiled of a hook; null where nothing is left of its rules.
  struct Part {
    const decision::Program* program = nullptr;
    const cost::HookCost* cost = nullptr;
  };

  Part partOf(const std::string& hook) const {
    for (size_t i = 0; i < cost_.hooks.size(); ++i)
      if (cost_.hooks[i].name == hook) return {&review_.decision.programs[i], &cost_.hooks[i]};
    return {};
  }

  page::Hook one(const policy::HookPolicy& hook) const {
    page::Hook shown{.name = hook.hook.name, .notes = notesOf(hook)};
    Part part = partOf(hook.hook.name);
    for (size_t place = 0; place < hook.rules.size(); ++place) shown.rules.push_back(ruleOf(hook, place, part));
    if (!part.program) return shown;
    const cost::HookCost& cost = *part.cost;
    shown.cost = {cost.amount.instructions(), cost.event.instructions(), cost.amount.loads,
                  cost.amount.calls,          cost.amount.verified,      cost.size.bytes};
    sizeOf(hook.hook.name, shown.cost);
    draw(*part.program, shown);
    return shown;
  }

  std::vector<std::string> notesOf(const policy::HookPolicy& hook) const {
    std::vector<std::string> notes, without;
    for (size_t i = 0; i < policy_.targets.size(); ++i)
      if (!(hook.targets >> i & 1)) without.push_back(policy_.targets[i]);
    if (!without.empty()) notes.push_back("The kernel has no such hook on " + joined(without) + ", and these rules are left out there");
    if (hook.hook.consent)
      notes.push_back("The kernel takes errno " + std::to_string(hook.hook.consent) + " (" + std::strerror(hook.hook.consent) +
                      ") for consent here, and no rule may refuse with it");
    if (!hook.hook.actor) notes.push_back("The current task is not always the one that acts here");
    if (hook.hook.use != btf::HookUse::Deny) notes.push_back("Rules here can record only: " + hook.hook.reason);
    return notes;
  }

  void sizeOf(const std::string& hook, page::HookCost& cost) const {
    const std::vector<object::Function>& functions = review_.subject.object.functions;
    for (size_t i = 0; i < functions.size(); ++i) {
      if (functions[i].section != "lsm/" + hook) continue;
      verify::Size size = verify::sizeOf(review_.subject.object, i, depths_);
      cost.code = size.instructions, cost.stack = size.stack;
    }
  }

  page::Rule ruleOf(const policy::HookPolicy& hook, size_t place, const Part& part) const {
    uint32_t index = hook.rules[place].rule;
    const policy::Rule& rule = policy_.rules[index];
    page::Rule shown{
        .id = rule.id, .place = {rule.file, rule.line}, .text = rule.text, .action = decision::actionText(rule), .does = doesOf(rule)};
    if (auto range = templateOf(*hook.rules[place].condition, rule)) shown.written = driver::placeOf(*range, sources_);
    if (asksElsewhere(*hook.rules[place].condition, rule)) shown.whole = policy::print(*hook.rules[place].condition, hook);
    shown.tone = toneOf(rule);
    shown.decided = review_.tests.rules[index].hits;
    explain(&hook, &rule, shown);
    take(part, index, shown);
    return shown;
  }

  void explain(const policy::HookPolicy* hook, const policy::Rule* rule, page::Rule& shown) const {
    auto isIts = [&](const Example& one) { return one.hook == hook && one.rule == rule; };
    auto found = std::find_if(review_.examples.begin(), review_.examples.end(), isIts);
    if (found == review_.examples.end()) return;
    bool decides = found->fate->fate == analyze::Fate::Decides, records = rule->verdict == Verdict::None;
    if (!decides || found->event) shown.fate = decides && records ? "records this event" : textOf(found->fate->fate).text;
    if (found->event) shown.example = {analyze::print(*found->event), found->refuted};
  }

  static void take(const Part& part, uint32_t index, page::Rule& shown) {
    auto isIts = [&](const auto& one) { return one.rule == index; };
    auto hasIt = [&](const decision::Table& table) { return std::any_of(table.rows.begin(), table.rows.end(), isIts); };
    const auto* program = part.program;
    shown.in_table = program && std::any_of(program->tables.begin(), program->tables.end(), hasIt);
    shown.asked = shown.in_table || (program && std::any_of(program->steps.begin(), program->steps.end(), isIts));
    if (!shown.asked || shown.in_table) return;
    auto found = std::find_if(part.cost->costs.begin(), part.cost->costs.end(), isIts);
    if (found != part.cost->costs.end()) shown.instructions = found->amount.instructions();
  }

  void draw(const decision::Program& program, page::Hook& shown) const {
    drawing::Graph graph = drawing::graphOf(review_.decision, program);
    std::string anchor = policy_.name + "." + shown.name;
    shown.graph = drawing::svgOf(graph, {false, anchor + ".graph", "#" + anchor + "."});
    shown.boxes = graph.boxes.size();
  }

  const Review& review_;
  const policy::Policy& policy_;
  const base::SourceSet& sources_;
  cost::Cost cost_;
  std::vector<emit::CallDepth> depths_;
};

}  // namespace

std::vector<page::Hook> hooksOf(const Review& review, const base::SourceSet& sources) { return Hooks(review, sources).all(); }

}  // namespace lsmpc::driver
