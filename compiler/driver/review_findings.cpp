#include <algorithm>

#include "compiler/diag/pages.h"
#include "compiler/driver/review_page.h"
#include "compiler/lint/lint.h"
#include "compiler/policy/children.h"

namespace lsmpc::driver {
namespace {

// The event that a warning about a rule shows; null: it shows none.
const Example* exampleFor(const Review& review, const diag::Diagnostic& finding) {
  using analyze::Fate;
  bool told = finding.kind == diag::Kind::RuleShadowed || finding.kind == diag::Kind::RuleContradicted ||
              finding.kind == diag::Kind::OnlyUnresolved;
  auto shows = [&](const Example& one) {
    return one.rule->range == finding.range && one.event && one.fate->fate != Fate::Decides && one.fate->fate != Fate::Undecided;
  };
  auto found = std::find_if(review.examples.begin(), review.examples.end(), shows);
  return told && found != review.examples.end() ? &*found : nullptr;
}

}  // namespace

std::optional<base::Range> templateOf(const policy::Expr& condition, const policy::Rule& rule) {
  if (condition.range.end > condition.range.begin && condition.range.file != rule.range.file) return condition.range;
  for (const policy::ExprPtr& child : policy::childrenOf(condition))
    if (auto range = templateOf(*child, rule)) return range;
  return std::nullopt;
}

page::Place placeOf(base::Range range, const base::SourceSet& sources) {
  const base::SourceFile& file = sources.file(range.file);
  return {file.name(), file.position(range.begin).line};
}

std::vector<page::Finding> findingsOf(const Review& review, const base::SourceSet& sources) {
  std::vector<page::Finding> findings;
  for (const diag::Diagnostic& one : review.findings) {
    const diag::KindInfo& kind = diag::info(one.kind);
    const diag::Page* page = diag::pageOf(kind.code);
    page::Finding finding{std::string(kind.code), page ? std::string(diag::titleOf(*page)) : "", one.text, one.hint,
                          placeOf(one.range, sources)};
    finding.line = std::string(sources.file(one.range.file).line(finding.place.line));
    for (const diag::Label& label : one.labels) finding.notes.push_back({placeOf(label.range, sources), label.text});
    if (const Example* example = exampleFor(review, one)) finding.has_event = true, finding.confirmed = example->refuted.empty();
    findings.push_back(std::move(finding));
  }
  return findings;
}

std::vector<page::Note> allowedOf(const Review& review, const base::SourceSet& sources) {
  std::vector<page::Note> notes;
  for (const base::Range& range : lint::allowancesOf(review.subject.policy, sources))
    notes.push_back({placeOf(range, sources), std::string(sources.text(range))});
  return notes;
}

}  // namespace lsmpc::driver
