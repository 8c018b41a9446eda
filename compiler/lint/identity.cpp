// What a task says of itself, taken for who it is.
#include <algorithm>

#include "compiler/lint/lints.h"

namespace lsmpc::lint {
namespace {

bool isZero(const policy::ExprPtr& test) {
  auto zero = [](const policy::ExprPtr& e) {
    auto* number = std::get_if<policy::IntConst>(&e->node);
    return number && number->value == 0;
  };
  if (auto* compare = std::get_if<policy::Compare>(&test->node)) return zero(compare->left) || zero(compare->right);
  auto* in = std::get_if<policy::InIntervals>(&test->node);
  return in && std::any_of(in->intervals.begin(), in->intervals.end(), [](const policy::Interval& i) { return i.low <= 0 && i.high >= 0; });
}

std::vector<Finding> named(const Subject& subject, std::initializer_list<std::string_view> names, const char* hint) {
  std::vector<Finding> findings;
  for (const Mention& mention : subject.mentions)
    if (std::find(names.begin(), names.end(), mention.attribute) != names.end())
      findings.push_back({mention.place, mention.rule->range, mention.attribute, "", hint});
  return findings;
}

}  // namespace

std::vector<Finding> realUid(const Subject& subject) {
  std::vector<Finding> findings;
  for (const Mention& mention : subject.mentions)
    if (mention.attribute == "uid" && isZero(mention.test))
      findings.push_back({mention.place, mention.rule->range, "", "", "`euid` is 0 where a set-uid program acts for root"});
  return findings;
}

std::vector<Finding> chosenName(const Subject& subject) {
  return named(subject, {"comm", "parent.comm"}, "`exe` is the program that runs, recorded when it was executed");
}

std::vector<Finding> movedCgroup(const Subject& subject) {
  return named(subject, {"cgroup"}, "`scope program` and `ancestor.exe` stay with a task and all that descends from it");
}

}  // namespace lsmpc::lint
