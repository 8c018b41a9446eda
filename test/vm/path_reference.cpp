// What the rules of many_paths.py say of its paths, by the plain backtracking matcher: path_reference NAME UID prints lines `ACTION KIND PATH`. ACTION: the errno
// of the rule that decides, `allow` where one does that, `none` where none decides. KIND: `fits` the pattern that it is made of; one byte `off` what that fits,
// and not fit by it; or `other`.
#include <fstream>
#include <iostream>
#include <unordered_map>

#include "runtime/match/pattern.h"

using namespace lsmpc::match;

namespace {

struct Rule {
  std::string action;
  Pattern pattern;
  std::string begin;  // of every text that it fits
  bool applies;       // to this user

  bool fits(const std::string& path) const { return path.compare(0, begin.size(), begin) == 0 && matches(pattern, Alphabet::Path, path); }
};

struct Rules {
  std::vector<Rule> all;
  std::vector<size_t> patterns;                   // places of those that apply and are no whole paths
  std::unordered_map<std::string, size_t> whole;  // the first of each path
};

Rules readRules(const std::string& path, const std::string& uid) {
  Rules rules;
  std::ifstream file(path);
  for (std::string condition, action, form, text; file >> condition >> action >> form >> text;) {
    size_t place = rules.all.size();
    bool applies = condition == "-" || condition == uid, is_whole = form == "literal";
    if (is_whole)
      rules.all.push_back({action, {Pattern::Kind::Literal, text}, text, applies});
    else
      rules.all.push_back({action, {Pattern::Kind::Glob, text}, text.substr(0, text.find_first_of("*?[{\\")), applies});
    if (applies && is_whole) rules.whole.try_emplace(text, place);
    if (applies && !is_whole) rules.patterns.push_back(place);
  }
  return rules;
}

std::string answer(const Rules& rules, const std::string& path) {
  auto whole = rules.whole.find(path);
  size_t first = whole == rules.whole.end() ? rules.all.size() : whole->second;
  for (size_t place : rules.patterns) {
    if (place > first) break;
    if (!rules.all[place].fits(path)) continue;
    first = place;
    break;
  }
  return first == rules.all.size() ? "none" : rules.all[first].action;
}

std::string kindOf(const std::string& made, const Rule& rule, const std::string& path) {
  bool fits = rule.fits(path);
  if (made == "fits" && !fits) return "unfit";
  return fits ? "fits" : made == "byte" ? "off" : "other";
}

}  // namespace

int main(int, char** arguments) {
  std::string name = arguments[1];
  Rules rules = readRules(name + ".rules", arguments[2]);
  std::ifstream paths(name + ".paths");
  size_t place = 0;
  for (std::string made, path; paths >> made >> place >> path;) {
    std::string kind = kindOf(made, rules.all.at(place), path);
    if (kind == "unfit") return 1;
    std::cout << answer(rules, path) << ' ' << kind << ' ' << path << '\n';
  }
}
