#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "runtime/abi/set_line.h"
#include "runtime/cli/host.h"
#include "runtime/cli/options.h"
#include "runtime/message.h"
#include "runtime/pins.h"
#include "runtime/set_change.h"
#include "runtime/set_text.h"

namespace lsmpc::cli {
namespace {

using Json = nlohmann::ordered_json;
using Elements = std::vector<std::string>;

struct Action {
  const char* word;
  Elements (runtime::SetChange::*change)(const Elements& elements);  // null: shows the set
  const char* done;
  const char* unchanged;
};
constexpr Action kActions[] = {
    {"list", nullptr, "", ""},
    {"add", &runtime::SetChange::add, "added", "there before"},
    {"remove", &runtime::SetChange::remove, "removed", "not in it"},
};

const Action& actionOf(const Call& call, const Parsed& parsed) {
  if (parsed.names.size() < 2) misused(call, "name a set, as POLICY.SET, and say `list`, `add` or `remove`");
  for (const Action& action : kActions)
    if (parsed.names[1] == action.word) return action;
  misused(call, "`" + parsed.names[1] + "` is none of `list`, `add` and `remove`");
}

std::vector<std::string> linesOf(const std::string& path) {
  std::ifstream file;
  if (path != "-") file.open(path);
  std::istream& in = path == "-" ? std::cin : file;
  std::vector<std::string> values;
  for (std::string line; std::getline(in, line);)
    if (auto value = runtime::valueOfLine(line); !value.empty()) values.emplace_back(value);
  if (!in.eof()) throw runtime::Failure(runtime::Message::FileUnreadable, {path, runtime::errorText(errno)});
  return values;
}

// What follows the action, and the lines of `--from`.
std::vector<std::string> valuesOf(const Call& call, const Parsed& parsed, const Action& action) {
  std::vector<std::string> values(parsed.names.begin() + 2, parsed.names.end());
  bool from = parsed.values.count("from") != 0;
  if (!action.change && (from || !values.empty())) misused(call, "`list` takes no values");
  if (action.change && !from && values.empty()) misused(call, std::string("say what to ") + action.word);
  if (from) {
    auto lines = linesOf(parsed.values["from"].as<std::string>());
    values.insert(values.end(), lines.begin(), lines.end());
  }
  return values;
}

Json textsOf(const std::string& type, const Elements& elements) {
  Json texts = Json::array();
  for (const std::string& element : elements) texts.push_back(runtime::textOfElement(type, element));
  return texts;
}

// `rest`: what the action has to say.
void print(const std::string& name, const runtime::SetChange& set, const Json& rest) {
  Json json = {{"schema", "lsmp-set"}, {"version", 1}, {"set", name}, {"type", set.set().type}, {"max", set.set().max}};
  json.update(rest);
  std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
}

void show(const std::string& name, const runtime::SetChange& set, bool json) {
  Elements elements = set.elements();
  const std::string& type = set.set().type;
  if (json)
    print(name, set, {{"elements", textsOf(type, elements)}});
  else
    for (const std::string& element : elements) std::cout << runtime::textOfElement(type, element) << "\n";
}

void change(const std::string& name, runtime::SetChange& set, const Action& action, const std::vector<std::string>& values, bool json) {
  const std::string& type = set.set().type;
  runtime::Accounts accounts;
  Elements elements;
  for (const std::string& value : values) elements.push_back(runtime::elementOf(type, value, accounts));
  Elements changed = (set.*action.change)(elements);
  size_t now = set.elements().size();
  if (json) return print(name, set, {{action.done, textsOf(type, changed)}, {"now", now}});
  std::cout << name << ": " << changed.size() << " " << action.done;
  if (size_t rest = values.size() - changed.size()) std::cout << ", " << rest << " " << action.unchanged;
  std::cout << "; " << now << " of " << set.set().max << "\n";
}

}  // namespace

int runSet(const Call& call) {
  boost::program_options::options_description options("options");
  options.add_options()("from", boost::program_options::value<std::string>(),
                        "also the values of a file, one a line; `-`: of standard input");
  Parsed parsed = parse(call, options, SIZE_MAX);
  if (parsed.help) return 0;
  const Action& action = actionOf(call, parsed);
  std::vector<std::string> values = valuesOf(call, parsed, action);
  const std::string& name = parsed.names[0];
  size_t dot = name.rfind('.');
  if (dot == std::string::npos) misused(call, "`" + name + "` names no set: say POLICY.SET");
  auto lock = beginHost(call.program);
  runtime::LoadedPolicy policy = runtime::loadedPolicy(name.substr(0, dot));
  runtime::SetChange set(policy, name.substr(dot + 1));
  if (action.change)
    change(name, set, action, values, parsed.json);
  else
    show(name, set, parsed.json);
  return 0;
}

}  // namespace lsmpc::cli
