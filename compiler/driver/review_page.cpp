#include "compiler/driver/review_page.h"

#include <bpf/libbpf.h>

#include <algorithm>

#include "compiler/base/counts.h"
#include "compiler/driver/coverage.h"
#include "compiler/driver/needs.h"

namespace lsmpc::driver {
namespace {

using base::counted;

page::Share shareOf(Share share) { return {share.seen, share.all, percentText(share)}; }

page::Coverage coverageOf(const Review& review) {
  page::Coverage shown{shareOf(driver::coverageOf(review.tests)), shareOf(rulesSeen(review.tests)), shareOf(outcomesSeen(review.tests))};
  for (const CoveredCondition& one : review.tests.conditions) {
    bool resolved = one.seen.can_be_unresolved && !one.seen.unresolved;
    page::Place place{one.path.substr(one.path.rfind('/') + 1), one.line};
    shown.conditions.push_back({std::move(place), one.text, neverText(one.seen), resolved ? "never unresolved" : ""});
  }
  return shown;
}

std::vector<page::Claim> claimsOf(const Review& review, const base::SourceSet& sources) {
  std::vector<page::Claim> claims;
  for (const policy::Assertion& one : review.subject.policy.assertions)
    claims.push_back({one.name, std::string(sources.text(one.range)), placeOf(one.range, sources)});
  return claims;
}

std::vector<page::Test> testsOf(const Review& review) {
  std::vector<page::Test> tests;
  for (const Tested& one : review.tests.tests) tests.push_back({one.name, {one.file, one.line}, one.passed, one.failed, one.failures});
  return tests;
}

std::vector<page::Target> targetsOf(const Review& review) {
  std::vector<page::Target> targets;
  for (const verify::Verdict& one : review.verified.verdicts) {
    page::Target target{one.kernel, one.findings.empty()};
    target.text = std::to_string(one.programs) + (one.programs == 1 ? " program" : " programs") + ", at most " +
                  std::to_string(one.largest.instructions) + " instructions and " + std::to_string(one.largest.stack) + " bytes of stack";
    for (const std::string& hook : one.absent) target.text += "; without " + hook;
    for (const verify::Finding& finding : one.findings) target.text += "; " + runtime::textOf(finding.problem);
    targets.push_back(std::move(target));
  }
  return targets;
}

// As include/uapi/linux/bpf.h has them: of some maps `max_entries` is their size, of others there is an element for each processor or task.
std::string memoryOf(const object::Map& map) {
  std::string value = counted(map.value_size, "byte");
  std::string all = counted(uint64_t{map.max_entries} * (map.key_size + map.value_size), "byte");
  if (map.is_data) return value;
  switch (map.type) {
    case BPF_MAP_TYPE_RINGBUF: return counted(map.max_entries, "byte");
    case BPF_MAP_TYPE_TASK_STORAGE: return value + " a task";
    case BPF_MAP_TYPE_PERCPU_ARRAY: return counted(uint64_t{map.max_entries} * map.value_size, "byte") + " a processor";
    case BPF_MAP_TYPE_ARRAY: return counted(uint64_t{map.max_entries} * map.value_size, "byte");
    default: return "at most " + all;
  }
}

std::vector<page::Map> mapsOf(const Review& review) {
  std::vector<page::Map> maps;
  for (const object::Map& one : review.subject.object.maps) {
    const char* type = libbpf_bpf_map_type_str(static_cast<bpf_map_type>(one.type));
    maps.push_back({one.name, one.is_data ? "data" : type ? type : std::to_string(one.type), memoryOf(one)});
  }
  return maps;
}

// Its own, those that it uses, and of the standard library those that rules come from.
std::vector<page::Source> sourcesOf(const Review& review, const base::SourceSet& sources) {
  const policy::Policy& policy = review.subject.policy;
  std::vector<page::Source> texts{{policy.source_path, policy.source_path, policy.source}};
  for (const policy::SourceText& used : policy.used) texts.push_back({used.path.substr(used.path.rfind('/') + 1), used.path, used.text});
  auto add = [&](const base::SourceFile& file) {
    auto isIt = [&](const page::Source& one) { return one.name == file.name(); };
    if (std::none_of(texts.begin(), texts.end(), isIt)) texts.push_back({file.name(), file.path(), std::string(file.text())});
  };
  for (const policy::HookPolicy& hook : policy.hooks)
    for (const policy::HookRule& rule : hook.rules)
      if (auto range = templateOf(*rule.condition, policy.rules[rule.rule])) add(sources.file(range->file));
  return texts;
}

std::vector<std::string> needsOf(const Review& review) {
  if (!review.verified.manifest) return {};
  std::vector<std::string> all = kindsOfNeeds(*review.verified.manifest);
  std::vector<std::string> filled = driver::needsOf(*review.verified.manifest);
  all.insert(all.end(), filled.begin(), filled.end());
  return all;
}

}  // namespace

page::Policy policyOf(const Review& review, const base::SourceSet& sources) {
  const policy::Policy& policy = review.subject.policy;
  page::Policy shown{.name = policy.name, .version = policy.version, .path = review.subject.path};
  shown.audits = policy.mode == ast::Mode::Audit;
  shown.unresolved_allow = policy.unresolved_allow;
  shown.foreign_trust = policy.foreign_trust;
  shown.kernels = policy.targets;
  shown.hooks = hooksOf(review, sources);
  shown.findings = findingsOf(review, sources);
  shown.allowed = allowedOf(review, sources);
  shown.claims = claimsOf(review, sources);
  shown.tests = testsOf(review);
  shown.coverage = coverageOf(review);
  shown.needs = needsOf(review);
  shown.targets = targetsOf(review);
  shown.maps = mapsOf(review);
  shown.sources = sourcesOf(review, sources);
  shown.object_bytes = review.bytes.size();
  return shown;
}

}  // namespace lsmpc::driver
