// Names of files that can be changed without touching the file.
#include <algorithm>
#include <set>

#include "compiler/lint/lints.h"

namespace lsmpc::lint {
namespace {

constexpr std::string_view kPaths[] = {"path", "old_path", "new_path"};
constexpr std::string_view kMounts[] = {"sb_mount", "move_mount"};

bool isPath(const std::string& attribute) { return std::find(std::begin(kPaths), std::end(kPaths), attribute) != std::end(kPaths); }

// `path == ""` is about what has no path.
bool isNamed(const Mention& mention) {
  if (std::holds_alternative<policy::InDynamic>(mention.test->node)) return true;
  auto* matches = std::get_if<policy::Matches>(&mention.test->node);
  return matches && std::any_of(matches->patterns.begin(), matches->patterns.end(), [](const match::Pattern& p) { return !p.text.empty(); });
}

}  // namespace

std::vector<Finding> walkedRound(const Subject& subject) {
  std::vector<Finding> findings;
  if (std::all_of(std::begin(kMounts), std::end(kMounts), [&](std::string_view hook) { return refusesOn(subject.policy, hook); })) return findings;
  std::set<const policy::HookPolicy*> with_both;
  for (const Mention& mention : subject.mentions)
    if (mention.attribute == "fs.path") with_both.insert(mention.hook);
  for (const Mention& mention : subject.mentions) {
    if (!isPath(mention.attribute) || !policy::refuses(mention.rule->verdict) || !isNamed(mention)) continue;
    if (!with_both.contains(mention.hook))
      findings.push_back({mention.place, mention.rule->range, mention.attribute, "",
                          "ask for `fs.path` too, which a mount does not change, use `std.files`, or refuse on `sb_mount` and `move_mount`"});
  }
  return findings;
}

}  // namespace lsmpc::lint
