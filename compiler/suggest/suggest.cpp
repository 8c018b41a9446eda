#include "compiler/suggest/suggest.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "compiler/suggest/generalise.h"

namespace lsmpc::suggest {
namespace {

// Uses of a hook that tell of the same attributes: one rule.
struct Kind {
  size_t events = 0;
  std::map<std::string, std::map<std::string, size_t>> paths;  // by attribute, with the events of each
  std::map<std::string, std::set<std::string>> values;
};
using Shape = std::set<std::string>;  // names of attributes

struct Hook {
  size_t without_path = 0;
  std::map<Shape, Kind> kinds;
};
using Programs = std::map<std::string, std::map<std::string, Hook>>;

Programs grouped(const std::vector<Use>& uses) {
  Programs programs;
  for (const Use& use : uses) {
    Hook& hook = programs[use.program][use.hook];
    if (use.without_path) {
      ++hook.without_path;
      continue;
    }
    Shape shape;
    for (const auto* said : {&use.paths, &use.values})
      for (const auto& [attribute, value] : *said) shape.insert(attribute);
    Kind& kind = hook.kinds[shape];
    ++kind.events;
    for (const auto& [attribute, path] : use.paths) ++kind.paths[attribute][path];
    for (const auto& [attribute, value] : use.values) kind.values[attribute].insert(value);
  }
  return programs;
}

std::string counted(size_t events) { return std::to_string(events) + (events == 1 ? " event" : " events"); }

// As a policy writes it: a backslash of a glob stands there as it is.
std::string literalOf(const std::string& glob) {
  std::ostringstream out;
  out << '"';
  for (unsigned char c : glob) {
    if (c == '"')
      out << "\\\"";
    else if (c >= 0x20 && c < 0x7f)
      out << c;
    else
      out << "\\x"
          << "0123456789abcdef"[c >> 4] << "0123456789abcdef"[c & 15];
  }
  out << '"';
  return out.str();
}

// A set with a line for each element, each with its events. A path that is no path (a pipe, a memfd) is "".
std::string pathsText(const std::string& attribute, const std::map<std::string, size_t>& paths) {
  std::map<std::string, size_t> named = paths;
  bool empty = named.erase("") > 0;
  std::string globs;
  for (const auto& [glob, events] : generalise(named)) globs += "\n    " + literalOf(glob) + ",  # " + counted(events);
  std::string text = globs.empty() ? "" : attribute + " ~ {" + globs + "\n  }";
  if (empty) text = (text.empty() ? "" : "(" + text + " or ") + attribute + " == \"\"" + (text.empty() ? "" : ")");
  return text;
}

// Numbers by their size.
std::string valuesText(const std::string& attribute, const std::set<std::string>& values) {
  std::vector<std::string> sorted(values.begin(), values.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
  if (sorted.size() == 1) return attribute + " == " + sorted.front();
  std::string text;
  for (const std::string& value : sorted) text += (text.empty() ? "" : ", ") + value;
  return attribute + " in { " + text + " }";
}

std::string ruleText(const std::string& hook, const Kind& kind) {
  std::string condition;
  auto add = [&](const std::string& part) { condition += (condition.empty() ? " when " : " and ") + part; };
  for (const auto& [attribute, values] : kind.values) add(valuesText(attribute, values));
  for (const auto& [attribute, paths] : kind.paths) add(pathsText(attribute, paths));
  return "  # " + counted(kind.events) + "\n  on " + hook + condition + " allow\n";
}

std::string hookText(const std::string& name, const Hook& hook) {
  std::string text;
  if (hook.without_path) text += "  # " + counted(hook.without_path) + " whose path could not be resolved: no rule permits these\n";
  for (const auto& [shape, kind] : hook.kinds) text += ruleText(name, kind);
  return text + "  on " + name + " default deny\n";
}

}  // namespace

std::string suggestPolicy(const std::vector<Use>& uses, const std::string& name, const std::vector<std::string>& heading) {
  std::string text;
  for (const std::string& line : heading) text += "# " + line + "\n";
  text += "policy " + name + "\n";
  for (const auto& [program, hooks] : grouped(uses)) {
    text += "\nscope program " + literalOf(patternOf(program)) + " {\n";
    for (const auto& [hook, of_hook] : hooks) text += hookText(hook, of_hook);
    text += "}\n";
  }
  return text;
}

}  // namespace lsmpc::suggest
