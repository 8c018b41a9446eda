// Hooks that a rule guards while others lead to the same end.
#include <algorithm>

#include "compiler/lint/lints.h"

namespace lsmpc::lint {
namespace {

constexpr uint64_t kChanges = 2 | 8 | 16 | 32;  // of `access`: write, append, create, truncate (check/flags.def)

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

// "path_rename, path_link …", each that no rule refuses on.
std::string missing(const policy::Policy& policy, std::string_view hook, bool changes) {
  std::string list;
  for (const Companion& companion : kCompanions) {
    if (companion.of != hook || (companion.changes && !changes) || refusesOnAny(policy, companion.names)) continue;
    list += (list.empty() ? "`" : ", `") + std::string(companion.names.substr(0, companion.names.find('|'))) + "`";
  }
  return list;
}

// A rule that asks for reading or executing only says nothing of changes.
bool isAboutChanges(const std::vector<Mention>& all, const policy::Rule* rule) {
  bool any_access = false;
  for (const Mention& mention : all) {
    if (mention.rule != rule || mention.attribute != "access") continue;
    any_access = true;
    auto* has = std::get_if<policy::Has>(&mention.test->node);
    if (!has || (has->mask & kChanges)) return true;
  }
  return !any_access;
}

std::vector<Finding> alone(const policy::Policy& policy, std::string_view hook, std::initializer_list<std::string_view> attributes,
                           const char* hint) {
  std::vector<Finding> findings;
  std::vector<Mention> all = mentions(policy);
  for (const Mention& mention : all) {
    bool asked = std::find(attributes.begin(), attributes.end(), mention.attribute) != attributes.end();
    if (mention.hook->hook.name != hook || !asked || !policy::refuses(mention.rule->verdict)) continue;
    base::Range rule = mention.rule->range, test = mention.test->range;  // of a template: elsewhere
    if (std::string list = missing(policy, hook, isAboutChanges(all, mention.rule)); !list.empty())
      findings.push_back({test.file == rule.file ? rule : test, rule, std::string(hook), list, hint});
  }
  return findings;
}

}  // namespace

std::vector<Finding> openAlone(const policy::Policy& policy) {
  return alone(policy, "file_open", {"path", "fs.path"}, "refuse on them too; the templates of `std.files` hold all of them");
}

std::vector<Finding> connectAlone(const policy::Policy& policy) {
  return alone(policy, "socket_connect", {"addr", "port"}, "a datagram needs no connection: refuse on `socket_sendmsg` too, or use `egress` of `std.net`");
}

}  // namespace lsmpc::lint
