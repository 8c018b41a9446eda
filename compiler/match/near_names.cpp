#include "compiler/match/near_names.h"

#include <algorithm>

#include "compiler/match/path_components.h"

namespace lsmpc::match {
namespace {

bool isLiteral(const Component& one) { return one.kind == Component::Kind::Literal; }

std::optional<NearName> nearName(const ComponentSequence& sequence) {
  const std::vector<Component>& components = sequence.components;
  if (sequence.endings != kHere || components.empty()) return std::nullopt;
  if (isLiteral(components.back())) return NearName{false, components.back().name};
  if (components.back().kind == Component::Kind::Many || components.size() < 2) return std::nullopt;
  if (!std::all_of(components.begin(), components.end() - 1, isLiteral)) return std::nullopt;
  return NearName{true, components[components.size() - 2].name};
}

// Whether all that the pattern matches has one of the names, which are added.
bool addNames(const Pattern& pattern, std::vector<NearName>& names) {
  ByteSets sets;
  PathForms forms;
  if (pathForms(pattern, sets, forms) != FormsExcess::None || forms.nothing) return false;
  for (const std::string& path : forms.exact) names.push_back({false, path.substr(path.rfind('/') + 1)});
  for (const ComponentSequence& sequence : forms.sequences) {
    std::optional<NearName> name = nearName(sequence);
    if (!name) return false;
    names.push_back(std::move(*name));
  }
  return true;
}

}  // namespace

std::optional<std::vector<NearName>> nearNames(const std::vector<Predicate>& predicates, size_t most) {
  std::vector<NearName> names;
  for (const Predicate& predicate : predicates)
    for (const Pattern& pattern : predicate) {
      if (!addNames(pattern, names)) return std::nullopt;
      std::sort(names.begin(), names.end());
      names.erase(std::unique(names.begin(), names.end()), names.end());
      if (names.size() > most) return std::nullopt;
    }
  return names;
}

}  // namespace lsmpc::match
