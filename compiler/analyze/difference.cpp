#include "compiler/analyze/difference.h"

#include <algorithm>
#include <map>
#include <set>

#include "compiler/analyze/common.h"
#include "compiler/analyze/judged.h"
#include "compiler/analyze/targets.h"
#include "compiler/analyze/witness.h"
#include "compiler/policy/lookup.h"

namespace lsmpc::analyze {
namespace {

// One policy's side of a hook.
struct Side {
  const policy::Policy& policy;
  const policy::HookPolicy* hook;  // null: no rule stands there
  std::vector<size_t> places;      // of the rules that can make a difference
};

// What is answered or recorded, with when.
using Outcomes = std::map<std::string, Lit>;

std::string answerOf(const policy::Rule& rule) {
  return std::to_string(rule.errno_value) + (rule.verdict == policy::Verdict::Kill ? " kill " + std::to_string(rule.signal_value) : "");
}

class Question {
 public:
  Question(const Side& old_side, const Side& new_side, uint32_t target, const std::set<std::string>& fixed)
      : sides_{old_side, new_side},
        target_(target),
        event_(formula_, target) {
    for (const std::string& set : fixed) event_.fix(set);
    for (size_t i : {0, 1})
      if (sides_[i].hook) judged_[i].emplace(formula_, event_, sides_[i].policy, *sides_[i].hook, sides_[i].places);
    for (Change change : kChanges) changed_.push_back(changed(change));
    good_ = event_.define();
  }

  // The event, if there is one.
  Answer ask(Change change, Difference& found) {
    if (!good_) return Answer::Unknown;
    Lit lit = changed_[static_cast<size_t>(change)];
    if (lit == kFalse) return Answer::No;
    Answer answer = solve(lit, event_.usual());
    found.unresolved = answer == Answer::No;
    if (answer == Answer::No) answer = solve(lit, event_.likely());
    if (answer == Answer::No) answer = solve(lit, {});
    if (answer != Answer::Yes) return answer;
    found.change = change;
    found.witness = witness();
    found.old_done = done(0);
    found.new_done = done(1);
    return answer;
  }

 private:
  Answer solve(Lit lit, std::vector<Lit> assumed) {
    assumed.push_back(lit);
    return formula_.solve(assumed);
  }

  Lit refused(size_t side) const {
    return judged_[side] && sides_[side].policy.mode == ast::Mode::Enforce ? judged_[side]->refused() : kFalse;
  }

  Outcomes outcomes(size_t side, bool records) {
    Outcomes result;
    for (size_t i = 0; judged_[side] && i < judged_[side]->rules().size(); ++i) {
      const JudgedRule& one = judged_[side]->rules()[i];
      const policy::Rule& rule = sides_[side].policy.rules[sides_[side].hook->rules[one.place].rule];
      if (records ? !rule.event && !rule.quiet : !policy::refuses(rule.verdict)) continue;
      std::string key = records ? (rule.quiet ? "quiet" : "event ") + rule.message + " " + rule.rate.text : answerOf(rule);
      Lit& lit = result.emplace(key, kFalse).first->second;
      lit = formula_.either(lit, one.decides);
    }
    return result;
  }

  Lit differing(bool records) {
    Outcomes old_ones = outcomes(0, records), new_ones = outcomes(1, records);
    std::vector<Lit> any;
    for (const auto& [key, lit] : old_ones) any.push_back(-formula_.same(lit, new_ones.count(key) ? new_ones[key] : kFalse));
    for (const auto& [key, lit] : new_ones)
      if (!old_ones.count(key)) any.push_back(lit);
    return formula_.any(any);
  }

  Lit changed(Change change) {
    Lit before = refused(0), after = refused(1);
    switch (change) {
      case Change::Looser: return formula_.both(before, -after);
      case Change::Stricter: return formula_.both(-before, after);
      case Change::Answer: return formula_.all({before, after, differing(false)});
      default: return formula_.both(formula_.same(before, after), differing(true));
    }
  }

  Done done(size_t side) const {
    if (!judged_[side]) return {};
    const JudgedRule* decider = judged_[side]->decider(formula_, sides_[side].policy);
    if (decider) return {sides_[side].hook->rules[decider->place].rule};
    return {};
  }

  policy::Test witness() {
    std::optional<policy::Test> test;
    for (size_t side : {1, 0}) {
      if (!judged_[side]) continue;
      std::vector<policy::ExprPtr> asked;
      for (size_t place : sides_[side].places) asked.push_back(sides_[side].hook->rules[place].condition);
      policy::Test own = witnessOf(formula_, event_, judged_[side]->condition(), *sides_[side].hook, asked, target_);
      if (test)
        addKeys(*test, own);
      else
        test = std::move(own);
    }
    return std::move(*test);
  }

  Side sides_[2];
  uint32_t target_;
  Formula formula_;
  Event event_;
  std::optional<Judged> judged_[2];
  std::vector<Lit> changed_;
  bool good_ = false;
};

// Of each set of targets that has the same rules of both one; more where conditions ask what kernels have.
std::set<uint32_t> targetsOf(const policy::HookPolicy* old_hook, const policy::HookPolicy* new_hook) {
  std::set<uint32_t> targets;
  for (const policy::HookPolicy* hook : {old_hook, new_hook})
    if (hook)
      for (uint32_t target : targetsThatDiffer(*hook)) targets.insert(target);
  if (!old_hook || !new_hook) return targets;
  for (btf::TargetMask only :
       {old_hook->targets & ~new_hook->targets, new_hook->targets & ~old_hook->targets, old_hook->targets & new_hook->targets})
    if (only) targets.insert(static_cast<uint32_t>(__builtin_ctz(only)));
  return targets;
}

// Dynamic sets of both that begin with different elements: they are compared as they begin.
std::set<std::string> differingSets(const policy::Policy& old_policy, const policy::Policy& new_policy) {
  policy::DynamicSets old_sets = policy::dynamicSetsOf(old_policy), new_sets = policy::dynamicSetsOf(new_policy);
  std::set<std::string> names;
  for (const auto& [name, set] : new_sets)
    if (auto old_set = old_sets.find(name); old_set != old_sets.end() && old_set->second->first != set->first) names.insert(name);
  return names;
}

class Comparer {
 public:
  Comparer(const policy::Policy& old_policy, const policy::Policy& new_policy, Comparison& result)
      : old_policy_(old_policy),
        new_policy_(new_policy),
        fixed_(differingSets(old_policy, new_policy)),
        result_(result) {}

  void compare(const std::string& name) {
    const policy::HookPolicy *old_hook = policy::hookNamed(old_policy_, name), *new_hook = policy::hookNamed(new_policy_, name);
    found_.clear();
    bool undecided = false;
    for (uint32_t target : targetsOf(old_hook, new_hook)) {
      auto there = [&](const policy::HookPolicy* hook) { return hook && hook->targets >> target & 1 ? hook : nullptr; };
      Side old_side{old_policy_, there(old_hook), {}}, new_side{new_policy_, there(new_hook), {}};
      for (const Choice& choice : choicesOf(old_policy_, old_side.hook, new_policy_, new_side.hook, !fixed_.empty())) {
        old_side.places = choice.old_places, new_side.places = choice.new_places;
        undecided = ask(name, old_side, new_side, target, choice.usual_only) || undecided;
      }
    }
    if (undecided) result_.undecided.push_back(name);
  }

 private:
  // True: there was too much to look at.
  bool ask(const std::string& name, const Side& old_side, const Side& new_side, uint32_t target, bool usual_only) {
    Question question(old_side, new_side, target, fixed_);
    bool undecided = false;
    for (Change change : kChanges) {
      if (found_.count(change)) continue;
      Difference difference{name, change, {}, {}, {}, false};
      Answer answer = question.ask(change, difference);
      undecided = undecided || answer == Answer::Unknown;
      if (answer != Answer::Yes || (difference.unresolved && usual_only)) continue;
      found_.insert(change);
      result_.differences.push_back(std::move(difference));
    }
    return undecided;
  }

  const policy::Policy &old_policy_, &new_policy_;
  std::set<std::string> fixed_;
  Comparison& result_;
  std::set<Change> found_;  // of the hook
};

}  // namespace

Comparison comparePolicies(const policy::Policy& old_policy, const policy::Policy& new_policy) {
  Comparison result;
  for (const policy::Policy* policy : {&new_policy, &old_policy})
    for (const policy::HookPolicy& hook : policy->hooks)
      if (std::find(result.hooks.begin(), result.hooks.end(), hook.hook.name) == result.hooks.end()) result.hooks.push_back(hook.hook.name);
  Comparer comparer(old_policy, new_policy, result);
  for (const std::string& hook : result.hooks) comparer.compare(hook);
  return result;
}

}  // namespace lsmpc::analyze
