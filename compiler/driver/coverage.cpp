#include "compiler/driver/coverage.h"

#include <algorithm>
#include <map>

#include "compiler/driver/joined.h"

namespace lsmpc::driver {
namespace {

constexpr uint64_t kMillion = 1'000'000;
constexpr size_t kDecimals = 6;

std::string placeOf(const CoveredCondition& one) { return one.path + ":" + std::to_string(one.line) + ":" + std::to_string(one.column); }

// "4 of 5 WHAT, 80.00 %\n"
std::string shareLine(Share share, const std::string& what) {
  return std::to_string(share.seen) + " of " + std::to_string(share.all) + " " + what + ", " + percentText(share) + "\n";
}

struct Line {
  uint64_t hits = 0;
  bool of_rule = false;
  std::vector<const exercise::Seen*> conditions;
};
using Lines = std::map<uint32_t, Line>;

std::map<std::string, Lines> linesOf(const TestOutcome& outcome) {
  std::map<std::string, Lines> files;
  for (const Covered& rule : outcome.rules) {
    Line& line = files[rule.path][rule.line];
    line.hits += rule.hits;
    line.of_rule = true;
  }
  for (const CoveredCondition& one : outcome.conditions) {
    Line& line = files[one.path][one.line];
    line.conditions.push_back(&one.seen);
    if (!line.of_rule) line.hits += one.seen.yes + one.seen.no + one.seen.unresolved;
  }
  return files;
}

std::string branchesOf(uint32_t number, const Line& line, Share& share) {
  std::string text;
  for (size_t block = 0; block < line.conditions.size(); ++block) {
    const exercise::Seen& seen = *line.conditions[block];
    bool asked = seen.yes || seen.no || seen.unresolved;
    for (size_t branch = 0; branch < 2; ++branch) {
      uint64_t taken = branch == 0 ? seen.yes : seen.no;
      text += "BRDA:" + std::to_string(number) + "," + std::to_string(block) + "," + std::to_string(branch) + "," +
              (asked ? std::to_string(taken) : "-") + "\n";
      share.seen += taken > 0;
      ++share.all;
    }
  }
  return text;
}

std::string lcovOf(const std::string& path, const Lines& lines) {
  std::string hits, branches;
  Share lines_hit{0, lines.size()}, branches_hit;
  for (const auto& [number, line] : lines) {
    hits += "DA:" + std::to_string(number) + "," + std::to_string(line.hits) + "\n";
    lines_hit.seen += line.hits > 0;
    branches += branchesOf(number, line, branches_hit);
  }
  return "TN:\nSF:" + path + "\n" + branches + "BRF:" + std::to_string(branches_hit.all) + "\nBRH:" + std::to_string(branches_hit.seen) +
         "\n" + hits + "LF:" + std::to_string(lines_hit.all) + "\nLH:" + std::to_string(lines_hit.seen) + "\nend_of_record\n";
}

}  // namespace

Share rulesSeen(const TestOutcome& outcome) {
  Share share{0, outcome.rules.size()};
  for (const Covered& rule : outcome.rules) share.seen += rule.hits > 0;
  return share;
}

Share outcomesSeen(const TestOutcome& outcome) {
  Share share;
  for (const CoveredCondition& one : outcome.conditions) {
    share.seen += (one.seen.yes > 0) + (one.seen.no > 0);
    share.all += 2;
  }
  return share;
}

std::string neverText(const exercise::Seen& seen) {
  std::vector<std::string> words;
  if (!seen.yes) words.push_back("never true");
  if (!seen.no) words.push_back("never false");
  return joined(words);
}

std::string percentText(Share share) {
  uint64_t hundredths = share.all ? share.seen * 10'000 / share.all : 10'000;
  std::string fraction = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + "." + (fraction.size() < 2 ? "0" : "") + fraction + " %";
}

std::optional<uint64_t> percentOf(const std::string& text) {
  size_t point = std::min(text.find('.'), text.size());
  std::string whole = text.substr(0, point), fraction = point < text.size() ? text.substr(point + 1) : "0";
  auto digits = [](const std::string& part, size_t most) {
    return !part.empty() && part.size() <= most && part.find_first_not_of("0123456789") == std::string::npos;
  };
  if (!digits(whole, 3) || !digits(fraction, kDecimals)) return std::nullopt;
  fraction.resize(kDecimals, '0');
  uint64_t percent = std::stoull(whole) * kMillion + std::stoull(fraction);
  return percent <= 100 * kMillion ? std::optional(percent) : std::nullopt;
}

bool isBelow(Share share, uint64_t percent) {
  return static_cast<unsigned __int128>(share.seen) * 100 * kMillion < static_cast<unsigned __int128>(percent) * share.all;
}

Share coverageOf(const TestOutcome& outcome) {
  Share rules = rulesSeen(outcome), outcomes = outcomesSeen(outcome);
  return {rules.seen + outcomes.seen, rules.all + outcomes.all};
}

std::string coverageText(const TestOutcome& outcome) {
  Share rules = rulesSeen(outcome), outcomes = outcomesSeen(outcome), unresolved;
  std::string text = shareLine(rules, "rules decided in a test"), never_unresolved;
  for (const Covered& rule : outcome.rules)
    if (!rule.hits) text += "  " + rule.path + ":" + std::to_string(rule.line) + "  " + rule.text + "\n";
  text += shareLine(outcomes, "outcomes of conditions were seen");
  for (const CoveredCondition& one : outcome.conditions) {
    std::string never = neverText(one.seen);
    if (!never.empty()) text += "  " + placeOf(one) + "  " + one.text + ": " + never + "\n";
    if (!one.seen.can_be_unresolved) continue;
    ++unresolved.all;
    unresolved.seen += one.seen.unresolved > 0;
    if (!one.seen.unresolved) never_unresolved += "  " + placeOf(one) + "  " + one.text + ": never unresolved\n";
  }
  text += std::to_string(unresolved.seen) + " of " + std::to_string(unresolved.all) +
          " conditions that can be unresolved were seen so (not in the sum)\n";
  return text + never_unresolved + "coverage: " + percentText(coverageOf(outcome)) + "\n";
}

std::string coverageLcov(const TestOutcome& outcome) {
  std::string text;
  for (const auto& [path, lines] : linesOf(outcome)) text += lcovOf(path, lines);
  return text;
}

}  // namespace lsmpc::driver
