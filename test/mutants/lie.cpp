#include "test/mutants/lie.h"

#include <nlohmann/json.hpp>
#include <vector>

namespace lsmpc::mutants {
namespace {

using Json = nlohmann::ordered_json;

const std::vector<std::string> kNames = {"file_open",
                                         "path_mkdir",
                                         "socket_connect",
                                         "bprm_check_security",
                                         "task_alloc",
                                         "no_such_hook",
                                         "",
                                         "lsmp_events",
                                         "lsmp_counters",
                                         "lsmp_file_open",
                                         "../..",
                                         "turn",
                                         "a b",
                                         std::string(300, 'n'),
                                         "\x01",
                                         "é"};
const std::vector<Json> kValues = {
    nullptr, true, -1, 0, 1, 65, 4294967295u, 18446744073709551615u, 1e300, "", "x", Json::array(), Json::object(), Json::array({0, 0})};

std::string name(Random& random) { return random.of(kNames); }
Json& hook(Json& json, Random& random) { return json["hooks"][random.below(json["hooks"].size())]; }
Json& rule(Json& json, Random& random) { return json["rules"][random.below(json["rules"].size())]; }

Json* need(Json& json, const char* kind, Random& random) {
  std::vector<Json*> found;
  for (Json& one : json["needs"])
    if (one.is_object() && one.contains(kind)) found.push_back(&one);
  return found.empty() ? nullptr : random.of(found);
}

void hookName(Json& json, Random& random) { hook(json, random)["name"] = name(random); }
void hookProgram(Json& json, Random& random) { hook(json, random)["program"] = name(random); }
void hookSwap(Json& json, Random& random) { std::swap(hook(json, random)["program"], hook(json, random)["program"]); }
void hookTwice(Json& json, Random& random) { json["hooks"].push_back(hook(json, random)); }
void hookGone(Json& json, Random& random) { json["hooks"].erase(random.below(json["hooks"].size())); }
void hookOptional(Json& json, Random& random) { hook(json, random)["if_present"] = random.oneIn(2); }
void hookVariants(Json& json, Random& random) {
  Json& variants = hook(json, random)["variants"];
  if (random.oneIn(3)) variants[0]["any_of"] = {name(random), "task_struct.comm"};
  if (random.oneIn(3)) variants[0]["arguments"].push_back(name(random));
  if (random.oneIn(3)) variants.push_back({{"arguments", {name(random)}}});
}
void hookRules(Json& json, Random& random) {
  hook(json, random)["rules"] = {Json::array({random.word(0), random.word(1)}), random.word(2)};
}
void ruleGone(Json& json, Random& random) { json["rules"].erase(random.below(json["rules"].size())); }
void ruleText(Json& json, Random& random) { rule(json, random)[random.oneIn(2) ? "text" : "id"] = name(random); }
void ruleLine(Json& json, Random& random) { rule(json, random)["line"] = random.word(1); }
void policyName(Json& json, Random& random) { json["policy"]["name"] = name(random); }
void policyMode(Json& json, Random& random) { json["policy"]["mode"] = random.oneIn(2) ? "audit" : name(random); }
void policyVersion(Json& json, Random& random) { json["policy"]["version"] = name(random); }
void abi(Json& json, Random& random) { json["abi"] = random.word(2); }
void architecture(Json& json, Random& random) { json["arch"] = name(random); }
void facts(Json& json, Random& random) { json["facts"] = std::vector<std::string>(random.below(100), name(random)); }
void unknownNeed(Json& json, Random& random) { json["needs"].push_back(name(random)); }
void newSet(Json& json, Random& random) {
  json["needs"].push_back({{"set", name(random)},
                           {"type", "cidr"},
                           {"slot", random.below(3)},
                           {"max", random.word(1)},
                           {"first", random.below(3)},
                           {"rule", 0}});
}
void newFill(Json& json, Random& random) {
  json["needs"].push_back(
      {{"fill", random.oneIn(2) ? "user" : "group"}, {"name", "root"}, {"slot", random.word(0)}, {"rule", random.below(3)}});
}
void fillSlot(Json& json, Random& random) {
  if (Json* fill = need(json, "fill", random)) (*fill)["slot"] = random.word(0);
}
void setShape(Json& json, Random& random) {
  static const std::vector<std::string> types = {"path", "string", "ip", "cidr", "port", "uid", "nonsense"},
                                        numbers = {"slot", "max", "first", "rule"};
  Json* set = need(json, "set", random);
  if (!set) return;
  Json& number = (*set)[random.of(numbers)];
  if (random.oneIn(2))
    (*set)["type"] = random.of(types);
  else if (random.oneIn(4))
    (*set)["set"] = name(random);
  else
    number = random.word(number.get<uint32_t>());
}

// Any value at any depth is another, or gone.
void anything(Json& json, Random& random) {
  Json* at = &json;
  while (at->is_structured() && !at->empty() && !(at != &json && random.oneIn(4))) {
    auto it = std::next(at->begin(), random.below(at->size()));
    if (random.oneIn(8)) return void(at->erase(it));
    at = &*it;
  }
  *at = random.of(kValues);
}

constexpr void (*kLies[])(Json&, Random&) = {hookName,  hookProgram,  hookSwap, hookTwice,   hookGone,   hookOptional, hookVariants,
                                             hookRules, ruleGone,     ruleText, ruleLine,    policyName, policyMode,   policyVersion,
                                             abi,       architecture, facts,    unknownNeed, newSet,     newFill,      fillSlot,
                                             setShape,  setShape,     anything, anything,    anything};

}  // namespace

std::string lie(const std::string& manifest, Random& random) {
  Json json = Json::parse(manifest);
  random.of(kLies)(json, random);
  return json.dump();
}

}  // namespace lsmpc::mutants
