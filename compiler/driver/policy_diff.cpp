#include "compiler/driver/policy_diff.h"

#include <algorithm>

#include "runtime/message.h"

namespace lsmpc::driver {
namespace {

std::string refutedBy(const Compared* side, const policy::Test& event, const analyze::Done& done) {
  return side ? side->refuted(event, done) : "";  // where no policy is nothing is refused
}

const Compared* named(const std::vector<Compared>& side, const std::string& name) {
  auto same = [&](const Compared& one) { return one.policy.name == name; };
  auto found = std::find_if(side.begin(), side.end(), same);
  return found == side.end() ? nullptr : &*found;
}

void refuseTwins(const std::vector<Compared>& side) {
  for (const Compared& one : side)
    if (const Compared* first = named(side, one.policy.name); first != &one)
      throw runtime::Failure(runtime::Message::SameName, {one.policy.name, first->path, one.path});
}

}  // namespace

PolicyDiff diffOf(const Compared* old_one, const Compared* new_one) {
  PolicyDiff diff{.name = (new_one ? new_one : old_one)->policy.name, .in_old = old_one != nullptr, .in_new = new_one != nullptr};
  if (old_one) diff.old_policy = old_one->policy;
  if (new_one) diff.new_policy = new_one->policy;
  analyze::Comparison comparison = analyze::comparePolicies(diff.old_policy, diff.new_policy);
  diff.hooks = std::move(comparison.hooks);
  diff.undecided = std::move(comparison.undecided);
  for (analyze::Difference& difference : comparison.differences) {
    std::string wrong = refutedBy(old_one, difference.witness, difference.old_done);
    if (wrong.empty()) wrong = refutedBy(new_one, difference.witness, difference.new_done);
    diff.changes.push_back({std::move(difference), std::move(wrong)});
  }
  return diff;
}

std::vector<PolicyDiff> diffAll(const std::vector<Compared>& old_side, const std::vector<Compared>& new_side) {
  if (old_side.size() == 1 && new_side.size() == 1) return {diffOf(&old_side.front(), &new_side.front())};
  refuseTwins(old_side);
  refuseTwins(new_side);
  std::vector<PolicyDiff> diffs;
  for (const Compared& one : new_side) diffs.push_back(diffOf(named(old_side, one.policy.name), &one));
  for (const Compared& one : old_side)
    if (!named(new_side, one.policy.name)) diffs.push_back(diffOf(&one, nullptr));
  return diffs;
}

bool has(const PolicyDiff& diff, const std::string& hook, analyze::Change change) {
  return std::any_of(diff.changes.begin(), diff.changes.end(),
                     [&](const Change& one) { return one.difference.hook == hook && one.difference.change == change; });
}

bool isUndecided(const PolicyDiff& diff, const std::string& hook) {
  return std::find(diff.undecided.begin(), diff.undecided.end(), hook) != diff.undecided.end();
}

const policy::Rule* ruleOf(const analyze::Done& done, const policy::Policy& policy) {
  return done.rule ? &policy.rules[*done.rule] : nullptr;
}

std::string answerOf(const analyze::Done& done, const policy::Policy& policy) {
  const policy::Rule* rule = ruleOf(done, policy);
  if (!rule) return "permitted, no rule decides";
  bool audits = policy.mode == ast::Mode::Audit && policy::refuses(rule->verdict);
  std::string answer = rule->verdict == policy::Verdict::Deny   ? "deny " + rule->errno_name
                       : rule->verdict == policy::Verdict::Kill ? "kill " + rule->signal_name
                                                                : "allow";
  return (audits ? "permitted in mode audit, else " : "") + answer + ", by " + rule->file + ":" + std::to_string(rule->line) + " " +
         rule->text;
}

}  // namespace lsmpc::driver
