// Hooks that a rule guards while others lead to the same end.
#include <algorithm>
#include <map>

#include "compiler/lint/lints.h"
#include "runtime/match/suggest.h"

namespace lsmpc::lint {
namespace {

constexpr uint64_t kChanges = 2 | 8 | 16 | 32;  // of `access`: write, append, create, truncate (policy/flags.def)

struct Companion {
  std::string_view of, names;
  bool changes;
};
constexpr Companion kCompanions[] = {
#define LSMPC_COMPANION(of, companion, changes) {of, companion, changes},
#include "compiler/lint/companions.def"
};

bool refusesOnAny(const policy::Policy& policy, std::string_view names) {
  for (size_t begin = 0; begin <= names.size();) {
    size_t end = std::min(names.find('|', begin), names.size());
    if (refusesOn(policy, names.substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

// `path_rename`, `path_link` …: each that no rule refuses on.
std::string missing(const policy::Policy& policy, std::string_view hook, bool changes) {
  std::vector<std::string> names;
  for (const Companion& companion : kCompanions)
    if (companion.of == hook && (changes || !companion.changes) && !refusesOnAny(policy, companion.names))
      names.emplace_back(companion.names.substr(0, companion.names.find('|')));
  return match::quotedList(names, names.size());
}

// Whether the rule says something of changes: one that asks for reading or executing only does not.
std::map<const policy::Rule*, bool> rulesWithAccess(const std::vector<Mention>& mentions) {
  std::map<const policy::Rule*, bool> rules;
  for (const Mention& mention : mentions) {
    if (mention.attribute != "access") continue;
    auto* has = std::get_if<policy::Has>(&mention.test->node);
    rules[mention.rule] |= !has || (has->mask & kChanges);
  }
  return rules;
}

std::vector<Finding> alone(const Subject& subject, std::string_view hook, std::initializer_list<std::string_view> attributes,
                           const char* hint) {
  std::vector<Finding> findings;
  const std::string all = missing(subject.policy, hook, true), unchanged = missing(subject.policy, hook, false);
  const auto with_access = rulesWithAccess(subject.mentions);
  for (const Mention& mention : subject.mentions) {
    bool asked = std::find(attributes.begin(), attributes.end(), mention.attribute) != attributes.end();
    if (mention.hook->hook.name != hook || !asked || !policy::refuses(mention.rule->verdict)) continue;
    auto access = with_access.find(mention.rule);
    const std::string& list = access == with_access.end() || access->second ? all : unchanged;
    base::Range rule = mention.rule->range, test = mention.test->range;  // of a template: elsewhere
    if (!list.empty()) findings.push_back({test.file == rule.file ? rule : test, rule, std::string(hook), list, hint});
  }
  return findings;
}

}  // namespace

std::vector<Finding> openAlone(const Subject& subject) {
  return alone(subject, "file_open", {"path", "fs.path"}, "refuse on them too; the templates of `std.files` hold all of them");
}

std::vector<Finding> connectAlone(const Subject& subject) {
  return alone(subject, "socket_connect", {"addr", "port"},
               "a datagram needs no connection: refuse on `socket_sendmsg` too, or use `egress` of `std.net`");
}

}  // namespace lsmpc::lint
