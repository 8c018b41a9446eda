#include "compiler/lint/lint.h"

#include <set>

#include "compiler/lint/allowance.h"
#include "compiler/lint/lints.h"

namespace lsmpc::lint {
namespace {

struct Entry {
  Lint find;
  diag::Kind kind;
  bool once;
};
constexpr Entry kLints[] = {
#define LSMPC_LINT(function, kind, once) {function, diag::Kind::kind, once},
#include "compiler/lint/lints.def"
};

std::set<base::FileId> filesOf(const policy::Policy& policy) {
  std::set<base::FileId> files;
  for (const policy::Rule& rule : policy.rules) files.insert(rule.range.file);
  return files;
}

// What a template of the library asks is our business.
bool isOurs(base::FileId file, const base::SourceSet& sources) { return sources.file(file).path().starts_with("<"); }

// Without a header `name_range` is the file's first byte.
uint32_t headerLine(const policy::Policy& policy, const base::SourceSet& sources, base::FileId file) {
  bool has_header = policy.name_range.file == file && policy.name_range.begin > 0;
  return has_header ? sources.file(file).position(policy.name_range.begin).line : 0;
}

std::vector<Allowances> readAllowances(const policy::Policy& policy, const base::SourceSet& sources, diag::Emitter& emitter) {
  std::vector<Allowances> allowances;
  for (base::FileId file : filesOf(policy)) allowances.emplace_back(sources, file, headerLine(policy, sources, file), emitter);
  return allowances;
}

}  // namespace

void lintPolicy(const policy::Policy& policy, const base::SourceSet& sources, diag::Emitter& emitter) {
  std::vector<Allowances> allowances = readAllowances(policy, sources, emitter);
  const Subject subject = subjectOf(policy);
  for (const Entry& lint : kLints) {
    bool said = false;
    for (const Finding& finding : lint.find(subject)) {
      bool allowed = isOurs(finding.place.file, sources), is_here = finding.place.file == finding.rule.file;
      for (Allowances& here : allowances) allowed |= here.cover(diag::info(lint.kind).code, finding.place, finding.rule);
      if (allowed || (said && lint.once)) continue;
      auto message = emitter.report(lint.kind, is_here ? finding.place : finding.rule, finding.first, finding.second);
      message.hint(finding.hint);
      if (!is_here) message.note(finding.place, "in this template");
      said = true;
    }
  }
  for (const Allowances& here : allowances) here.reportUnused(emitter);
}

std::vector<base::Range> allowancesOf(const policy::Policy& policy, const base::SourceSet& sources) {
  std::vector<base::Range> ranges;
  diag::Emitter told_already;
  for (const Allowances& here : readAllowances(policy, sources, told_already))
    for (const Allowance& one : here.all())
      if (!isOurs(one.range.file, sources)) ranges.push_back(one.range);
  return ranges;
}

}  // namespace lsmpc::lint
