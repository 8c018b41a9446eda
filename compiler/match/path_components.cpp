#include "compiler/match/path_components.h"

#include <algorithm>

#include "compiler/match/path_segments.h"
#include "runtime/abi/path_layout.h"

namespace lsmpc::match {
namespace {

// The names of a literal path below the root; none for what is no canonical path.
std::optional<std::vector<Component>> literalComponents(std::string_view path) {
  if (path.empty() || path[0] != '/' || path.size() > LSMP_PATH_TEXT) return std::nullopt;
  std::vector<Component> components;
  for (size_t begin = 1; begin <= path.size();) {
    size_t end = std::min(path.find('/', begin), path.size());
    if (end == begin || end - begin > LSMP_PATH_NAME || components.size() == LSMP_PATH_COMPONENTS) return std::nullopt;
    components.push_back({Component::Kind::Literal, std::string(path.substr(begin, end - begin)), {}});
    begin = end + 1;
  }
  return components;
}

void addUnder(std::string_view directory, PathForms& out) {
  if (directory.empty() || directory == "/") {
    out.root = true;
    out.sequences.push_back({{}, kBelow});
  } else if (auto components = literalComponents(directory)) {
    out.sequences.push_back({std::move(*components), kHere | kBelow});
  }
}

void addLiteral(const std::string& path, PathForms& out) {
  if (path.empty()) {
    out.nothing = true;
  } else if (path == "/") {
    out.root = true;
  } else if (literalComponents(path)) {
    out.exact.push_back(path);
  }
}

// Only `/` itself, and what ends in a `**` that takes it after runs that take nothing.
bool matchesRoot(const Alternative& items) {
  if (items.size() == 1 && items[0]->isByte('/')) return true;
  bool runs = std::all_of(items.begin(), items.end(), [](const GlobItem* item) { return item->kind == GlobItem::Kind::Run; });
  return runs && !items.empty() && items.back()->isLongRun();
}

void addSequence(ComponentSequence sequence, PathForms& out) {
  if (!sequence.components.empty() && sequence.components.back().kind == Component::Kind::Many) {
    sequence.components.pop_back();
    sequence.endings = kBelow;
  }
  if (sequence.components.size() > LSMP_PATH_COMPONENTS) return;
  auto literal = [](const Component& one) { return one.kind == Component::Kind::Literal; };
  if (sequence.endings != kHere || !std::all_of(sequence.components.begin(), sequence.components.end(), literal)) {
    out.sequences.push_back(std::move(sequence));
    return;
  }
  std::string path;
  for (const Component& one : sequence.components) path += "/" + one.name;
  if (!path.empty() && path.size() <= LSMP_PATH_TEXT) out.exact.push_back(std::move(path));
}

FormsExcess addGlob(const std::string& glob, ByteSets& sets, PathForms& out) {
  ParsedGlob parsed = parseGlob(glob, Alphabet::Path);
  if (parsed.error) return FormsExcess::None;
  std::optional<std::vector<Alternative>> alternatives = alternativesOf(parsed.items, kMaxAlternativesOfPattern);
  if (!alternatives) return FormsExcess::Alternatives;
  for (const Alternative& alternative : *alternatives) {
    if (matchesRoot(alternative)) out.root = true;
    std::vector<ComponentSequence> sequences;
    if (!sequencesOf(alternative, sets, kMaxSequencesOfAlternative, sequences)) return FormsExcess::Sequences;
    for (ComponentSequence& sequence : sequences) addSequence(std::move(sequence), out);
  }
  return FormsExcess::None;
}

}  // namespace

FormsExcess pathForms(const Pattern& pattern, ByteSets& sets, PathForms& out) {
  out = {};
  if (pattern.kind == Pattern::Kind::Under) {
    addUnder(pattern.text, out);
  } else if (pattern.kind == Pattern::Kind::Literal || pattern.text.find_first_of("*?[{}\\") == std::string::npos) {
    if (pattern.kind == Pattern::Kind::Literal || !pattern.text.empty()) addLiteral(pattern.text, out);
  } else {
    return addGlob(pattern.text, sets, out);
  }
  return FormsExcess::None;
}

}  // namespace lsmpc::match
