#include "compiler/driver/review.h"

#include <map>
#include <optional>

#include "compiler/analyze/report.h"
#include "compiler/analyze/witness.h"
#include "compiler/driver/pipeline.h"
#include "compiler/lint/lint.h"

namespace lsmpc::driver {
namespace {

// An event for each rule that decides something is a question and a run for each: of more rules only those are shown that decide nothing.
constexpr size_t kMostWithEvents = 2000;

struct Made {
  decision::Decision decision;
  std::string bytes;
};

std::optional<Made> make(const policy::Policy& policy, const btf::TargetSet& targets, diag::Emitter& emitter) {
  auto decision = planPolicy(policy, targets, emitter);
  if (!decision) return std::nullopt;
  auto bytes = emit::emitObject(*decision, emit::Stage::Object, emit::Finish::InChild, emitter);
  if (!bytes) return std::nullopt;
  return Made{std::move(*decision), std::move(*bytes)};
}

// Each event is tried once; the warnings are told what came of it.
void analyse(Review& review, const btf::TargetSet& targets, const base::SourceSet& sources, diag::Emitter& emitter) {
  const policy::Policy& policy = review.subject.policy;
  std::string wrong;
  auto own = subjectOf(review.subject.path, policy, review.bytes, wrong);
  if (!own) return static_cast<void>(emitter.report(diag::Kind::ObjectFault, policy.name_range, wrong));
  Simulated simulated(std::move(*own), targets);
  auto wanted = rulesToAnalyse(sources, emitter);
  bool all = policy.rules.size() <= kMostWithEvents;
  review.fates = analyze::fatesOf(policy, {[](const policy::Rule&) { return true; }, all});
  review.examples = examplesOf(policy, review.fates, simulated);
  std::map<std::pair<std::string, uint32_t>, std::string> refuted;
  std::vector<analyze::RuleFate> told;
  for (const Example& one : review.examples) {
    if (wanted(*one.rule)) told.push_back(*one.fate);
    if (one.event) refuted[{analyze::print(*one.event), *one.decider}] = one.refuted;
  }
  auto confirm = [&](const policy::Test& test, const uint32_t* rule) { return refuted[{analyze::print(test), *rule}]; };
  analyze::reportFates(policy, told, confirm, emitter);
}

}  // namespace

std::unique_ptr<Review> reviewOf(const std::string& path, const btf::TargetSet& targets, Report& report) {
  auto file = report.read(path);
  if (!file) return nullptr;
  diag::Emitter own;
  auto typed = typePolicy(report.sources, *file, targets, true, own);
  auto made = typed && !typed->library ? make(typed->policy, targets, own) : std::nullopt;
  std::string wrong;
  auto subject = made ? subjectOf(path, std::move(typed->policy), made->bytes, wrong) : std::nullopt;
  if (made && !subject) own.report(diag::Kind::ObjectFault, made->decision.policy.name_range, wrong);
  if (!subject) {
    report.take(own, typed && typed->library);
    return nullptr;
  }
  std::unique_ptr<Review> review(new Review{std::move(*subject), std::move(made->decision), std::move(made->bytes), {}, {}, {}, {}, {}});
  lint::lintPolicy(review->subject.policy, report.sources, own);
  analyse(*review, targets, report.sources, own);
  review->findings = own.sorted();
  if (own.hasErrors() || own.hasFaults()) return report.take(own, true), nullptr;
  review->verified = verifyObject(path, review->bytes, targets);
  return review;
}

}  // namespace lsmpc::driver
