#include "compiler/bundle/bundle.h"

#include <algorithm>
#include <set>

namespace lsmpc::bundle {
namespace {

using policy::Policy;

// As the rules of one policy are: the twins of an id are counted.
void makeUnique(std::vector<policy::Rule>& rules) {
  std::set<std::string> taken;
  for (policy::Rule& rule : rules) {
    std::string id = rule.id.substr(0, rule.id.find('-')), unique = id;
    for (int twin = 2; !taken.insert(unique).second; ++twin) unique = id + "-" + std::to_string(twin);
    rule.id = unique;
  }
}

void addSource(Policy& whole, policy::SourceText text) {
  auto same = [&](const policy::SourceText& one) { return one.path == text.path && one.text == text.text; };
  if (std::none_of(whole.used.begin(), whole.used.end(), same)) whole.used.push_back(std::move(text));
}

void addMember(Policy& whole, Policy member) {
  auto number = static_cast<uint32_t>(whole.members.size()), before = static_cast<uint32_t>(whole.rules.size());
  whole.members.push_back({member.name, member.version, member.mode, member.unresolved_allow, member.source_path});
  for (policy::Rule& rule : member.rules) {
    rule.member = number;
    whole.rules.push_back(std::move(rule));
  }
  for (policy::HookPolicy& hook : member.hooks) {
    hook.member = number;
    for (policy::HookRule& rule : hook.rules) rule.rule += before;
    whole.hooks.push_back(std::move(hook));
  }
  for (policy::Test& test : member.tests) {
    test.member = number;
    whole.tests.push_back(std::move(test));
  }
  for (policy::Assertion& assertion : member.assertions) {
    assertion.member = number;
    for (policy::AssertedHook& asserted : assertion.hooks) asserted.hook.member = number;  // its claim is about the member's rules
    whole.assertions.push_back(std::move(assertion));
  }
  if (number > 0) addSource(whole, {member.source_path, std::move(member.source)});
  for (policy::SourceText& text : member.used) addSource(whole, std::move(text));
}

}  // namespace

Policy bundlePolicies(const std::string& name, std::vector<Policy> members) {
  const Policy& first = members.front();
  Policy whole;
  whole.name = name;
  whole.name_range = first.name_range;
  whole.targets = first.targets;
  whole.task_storage = first.task_storage;
  whole.types = members.back().types;  // grown by all
  whole.source_path = first.source_path;
  whole.source = first.source;
  bool audit = std::all_of(members.begin(), members.end(), [](const Policy& one) { return one.mode == ast::Mode::Audit; });
  // What is kept of tasks is kept once for all.
  whole.foreign_trust = std::all_of(members.begin(), members.end(), [](const Policy& one) { return one.foreign_trust; });
  whole.mode = audit ? ast::Mode::Audit : ast::Mode::Enforce;
  for (Policy& member : members) addMember(whole, std::move(member));
  makeUnique(whole.rules);
  return whole;
}

}  // namespace lsmpc::bundle
