#include <iostream>
#include <nlohmann/json.hpp>

#include "compiler/driver/commands.h"
#include "compiler/driver/explain_graph.h"
#include "compiler/driver/explain_rule.h"
#include "compiler/driver/meanings.h"
#include "compiler/driver/options.h"
#include "runtime/match/suggest.h"

namespace lsmpc::driver {

namespace po = boost::program_options;

namespace {

int unknownWord(const std::string& word, const std::vector<std::string>& names) {
  std::cerr << "lsmpc: nothing is called `" << word << "`: no message, hook, attribute, constant, template or group";
  if (auto near = match::nearest(word, names)) std::cerr << "; did you mean `" << *near << "`?";
  std::cerr << "\n";
  return kPolicyAtFault;
}

void print(const std::string& word, const std::vector<Meaning>& meanings, bool json) {
  if (!json) {
    for (const Meaning& meaning : meanings) std::cout << (&meaning == &meanings.front() ? "" : "\n") << meaning.text;
    return;
  }
  nlohmann::json list = nlohmann::json::array();
  for (const Meaning& meaning : meanings) list.push_back({{"kind", meaning.kind}, {"text", meaning.text}});
  std::cout << nlohmann::json{{"schema", "lsmpc-explain"}, {"version", 1}, {"word", word}, {"meanings", list}}.dump() << "\n";
}

}  // namespace

int runExplain(const Command& self, const Arguments& arguments) {
  Options options(self);
  options.named().add_options()("rule", po::value<std::string>()->value_name("N|ID|all"),
                                "of a policy: an event that the rule of this line or with this id decides");
  options.named().add_options()("graph", po::value<std::string>()->value_name("HOOK"),
                                "of a policy: what it asks and decides on this hook, drawn");
  options.named().add_options()("output,o", po::value<std::string>()->default_value("-")->value_name("FILE"),
                                "write the drawing there; -: to standard output");
  options.addTargets();
  options.addFormat("text|json|svg|dot");
  if (!options.parse(arguments)) return options.exitCode();
  if (options.values().count("graph")) return explainGraph(options, options.values()["graph"].as<std::string>());
  if (options.format() == "svg" || options.format() == "dot") return options.usage("--format " + options.format() + " is of --graph");
  if (options.values().count("rule")) return explainRule(options, options.values()["rule"].as<std::string>());
  if (options.positional().size() != 1) return options.usage("one word at a time");
  const std::string& word = options.positional().front();
  std::vector<Meaning> meanings = meaningsOfCode(word);  // which needs no kernel
  if (meanings.empty()) {
    auto targets = openTargets(options.targets(), ".");
    if (!targets) return kEnvironment;
    meanings = meaningsOf(word, *targets);
    if (meanings.empty()) return unknownWord(word, namesWithMeaning(*targets));
  }
  print(word, meanings, options.json());
  return kDone;
}

}  // namespace lsmpc::driver
