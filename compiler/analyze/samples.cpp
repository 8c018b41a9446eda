#include "compiler/analyze/samples.h"

#include <set>

#include "runtime/match/alternatives.h"

namespace lsmpc::analyze {
namespace {

using match::Alphabet;
using match::Pattern;
using match::Predicate;

constexpr size_t kMostSamples = 12, kMostPatterns = 4, kMostAlternatives = 8;
constexpr char kRuns[] = {'x', 'q'};  // what stands for any run: two, since one may be just what another rule names

char byteOf(const match::ByteSet& set, char wanted) {
  if (set.test(static_cast<unsigned char>(wanted))) return wanted;
  for (size_t byte = ' '; byte < set.size(); ++byte)
    if (set.test(byte)) return static_cast<char>(byte);
  return '\n';
}

std::string textOf(const match::Alternative& items, Alphabet alphabet, char run) {
  std::string text;
  for (const match::GlobItem* item : items) {
    if (text.empty() && alphabet == Alphabet::Path && item->isLongRun()) text = "/";
    text += byteOf(item->set, run);
  }
  return text;
}

void addTexts(const Pattern& pattern, Alphabet alphabet, std::set<std::string>& texts) {
  if (pattern.kind != Pattern::Kind::Glob) {
    texts.insert(pattern.text);
    return;
  }
  match::ParsedGlob glob = match::parseGlob(pattern.text, alphabet);
  auto alternatives = match::alternativesOf(glob.items, kMostAlternatives);
  if (!alternatives) return;
  for (const match::Alternative& one : *alternatives)
    for (char run : kRuns) texts.insert(textOf(one, alphabet, run));
}

bool holds(const Predicate& predicate, Alphabet alphabet, const std::string& text) {
  for (const Pattern& pattern : predicate)
    if (match::matches(pattern, alphabet, text)) return true;
  return false;
}

}  // namespace

std::vector<Sample> samplesOf(const std::vector<Predicate>& predicates, Alphabet alphabet) {
  std::set<std::string> texts{"", "/", "/y", "/y/z"};
  for (size_t i = predicates.size(); i-- > 0 && texts.size() < kMostSamples;)
    for (size_t pattern = 0; pattern < std::min(predicates[i].size(), kMostPatterns); ++pattern)
      addTexts(predicates[i][pattern], alphabet, texts);
  std::vector<Sample> samples;
  for (const std::string& text : texts) {
    Sample sample{text, {}};
    for (uint32_t id = 0; id < predicates.size(); ++id)
      if (holds(predicates[id], alphabet, text)) sample.accepted.push_back(id);
    samples.push_back(std::move(sample));
  }
  return samples;
}

}  // namespace lsmpc::analyze
