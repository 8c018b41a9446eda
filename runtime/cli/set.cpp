#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "runtime/abi/set_line.h"
#include "runtime/boot_time.h"
#include "runtime/cli/duration.h"
#include "runtime/cli/host.h"
#include "runtime/cli/options.h"
#include "runtime/duration.h"
#include "runtime/message.h"
#include "runtime/pins.h"
#include "runtime/set_change.h"
#include "runtime/set_text.h"

namespace lsmpc::cli {
namespace {

using Json = nlohmann::ordered_json;
using Elements = std::vector<std::string>;
using runtime::SetChange;
using runtime::SetDifference;

constexpr LongestTime kLongestStay{3650 * uint64_t{24 * 60 * 60}, "3650d"};

SetDifference removeFrom(SetChange& set, const Elements& elements, uint64_t) { return set.remove(elements); }
SetDifference addTo(SetChange& set, const Elements& elements, uint64_t until) { return set.add(elements, until); }
SetDifference replaceAll(SetChange& set, const Elements& elements, uint64_t until) { return set.replace(elements, until); }

struct Action {
  const char* word;
  SetDifference (*change)(SetChange& set, const Elements& elements, uint64_t until);  // null: shows the set
  const char* unchanged;                                                              // what is said of the other values
  bool may_end;                                                                       // takes --for
};
constexpr Action kActions[] = {
    {"list", nullptr, "", false},
    {"add", addTo, "there before", true},
    {"remove", removeFrom, "not in it", false},
    {"replace", replaceAll, "there before", true},
};

// Of a difference, in the order in which they are said.
struct Part {
  const char* word;
  Elements SetDifference::*elements;
};
constexpr Part kParts[] = {{"added", &SetDifference::added}, {"renewed", &SetDifference::renewed}, {"removed", &SetDifference::removed}};

const Action& actionOf(const Call& call, const Parsed& parsed) {
  if (parsed.names.size() < 2) misused(call, "name a set, as POLICY.SET, and say `list`, `add`, `remove` or `replace`");
  for (const Action& action : kActions)
    if (parsed.names[1] == action.word) return action;
  misused(call, "`" + parsed.names[1] + "` is none of `list`, `add`, `remove` and `replace`");
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

// Nanoseconds since boot; 0: no end.
uint64_t untilOf(const Call& call, const Parsed& parsed, const Action& action) {
  if (!parsed.values.count("for")) return 0;
  if (!action.may_end) misused(call, std::string("`") + action.word + "` takes no --for");
  return runtime::nanosecondsSinceBoot() + secondsOf(call, parsed.values["for"].as<std::string>(), kLongestStay) * runtime::kSecond;
}

Json textsOf(const std::string& type, const Elements& elements) {
  Json texts = Json::array();
  for (const std::string& element : elements) texts.push_back(runtime::textOfElement(type, element));
  return texts;
}

// `rest`: what the action has to say.
void print(const std::string& name, const SetChange& set, const Json& rest) {
  Json json = {{"schema", "lsmp-set"}, {"version", 1}, {"set", name}, {"type", set.set().type}, {"max", set.set().max}};
  json.update(rest);
  std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
}

uint64_t secondsLeft(uint64_t until) {
  uint64_t now = runtime::nanosecondsSinceBoot();
  return until > now ? (until - now + runtime::kSecond - 1) / runtime::kSecond : 0;
}

void show(const std::string& name, const SetChange& set, bool json) {
  const std::string& type = set.set().type;
  Json elements = Json::array(), ends = Json::array();
  for (const runtime::SetElement& element : set.elements()) {
    std::string text = runtime::textOfElement(type, element.bytes);
    if (!json) std::cout << text << (element.until ? "  # for " + runtime::durationText(secondsLeft(element.until)) : "") << "\n";
    elements.push_back(text);
    if (element.until) ends.push_back({{"element", text}, {"seconds", secondsLeft(element.until)}});
  }
  if (json) print(name, set, {{"elements", elements}, {"ends", ends}});
}

void change(const std::string& name, SetChange& set, const Action& action, const std::vector<std::string>& values, uint64_t until,
            bool json) {
  const std::string& type = set.set().type;
  runtime::Accounts accounts;
  Elements elements;
  for (const std::string& value : values) elements.push_back(runtime::elementOf(type, value, accounts));
  SetDifference difference = action.change(set, elements, until);
  Json said = Json::object();
  std::string text;
  for (const Part& part : kParts) {
    const Elements& changed = difference.*part.elements;
    said[part.word] = textsOf(type, changed);
    if (!changed.empty()) text += (text.empty() ? "" : ", ") + std::to_string(changed.size()) + " " + part.word;
  }
  said["now"] = difference.now;
  if (json) return print(name, set, said);
  if (difference.unchanged) text += (text.empty() ? "" : ", ") + std::to_string(difference.unchanged) + " " + action.unchanged;
  std::cout << name << ": " << (text.empty() ? "nothing to do" : text) << "; " << difference.now << " of " << set.set().max << "\n";
}

}  // namespace

int runSet(const Call& call) {
  namespace po = boost::program_options;
  po::options_description options("options");
  options.add_options()("from", po::value<std::string>(), "also the values of a file, one a line; `-`: of standard input")(
      "for", po::value<std::string>()->value_name("TIME"), "what is added or put in place is there for so long: 90s, 30m, 2h, 7d");
  Parsed parsed = parse(call, options, SIZE_MAX);
  if (parsed.help) return 0;
  const Action& action = actionOf(call, parsed);
  std::vector<std::string> values = valuesOf(call, parsed, action);
  uint64_t until = untilOf(call, parsed, action);
  const std::string& name = parsed.names[0];
  size_t dot = name.rfind('.');
  if (dot == std::string::npos) misused(call, "`" + name + "` names no set: say POLICY.SET");
  auto lock = beginHost(call.program);
  runtime::LoadedPolicy policy = runtime::loadedPolicy(name.substr(0, dot));
  SetChange set(policy, name.substr(dot + 1));
  if (action.change)
    change(name, set, action, values, until, parsed.json);
  else
    show(name, set, parsed.json);
  return 0;
}

}  // namespace lsmpc::cli
