// What the rules of many_paths.py say of its paths, by the plain backtracking matcher: path_reference NAME UID prints `ACTION PATH` lines, `ok` where no rule
// decides or one allows.
#include <fstream>
#include <iostream>
#include <unordered_map>

#include "compiler/match/pattern.h"

using namespace lsmpc::match;

namespace {

struct Rule {
  std::string action;
  Pattern pattern;
  std::string begin;  // of every text that it fits
};

struct Rules {
  std::vector<std::pair<size_t, Rule>> patterns;                   // by place
  std::unordered_map<std::string, std::pair<size_t, Rule>> whole;  // the first of each path
};

Rules readRules(const std::string& path, const std::string& uid) {
  Rules rules;
  std::ifstream file(path);
  size_t place = 0;
  for (std::string condition, action, form, text; file >> condition >> action >> form >> text; ++place) {
    if (condition != "-" && condition != uid) continue;
    if (form == "literal")
      rules.whole.try_emplace(text, place, Rule{action, {Pattern::Kind::Literal, text}, text});
    else
      rules.patterns.push_back({place, {action, {Pattern::Kind::Glob, text}, text.substr(0, text.find_first_of("*?[{\\"))}});
  }
  return rules;
}

std::string answer(const Rules& rules, const std::string& path) {
  auto whole = rules.whole.find(path);
  size_t first = whole == rules.whole.end() ? SIZE_MAX : whole->second.first;
  std::string action = whole == rules.whole.end() ? "ok" : whole->second.second.action;
  for (const auto& [place, rule] : rules.patterns) {
    if (place > first) break;
    if (path.compare(0, rule.begin.size(), rule.begin) != 0 || !matches(rule.pattern, Alphabet::Path, path)) continue;
    action = rule.action;
    break;
  }
  return action == "allow" ? "ok" : action;
}

}  // namespace

int main(int, char** arguments) {
  std::string name = arguments[1];
  Rules rules = readRules(name + ".rules", arguments[2]);
  std::ifstream paths(name + ".paths");
  for (std::string path; std::getline(paths, path);) std::cout << answer(rules, path) << ' ' << path << '\n';
}
