#include <iostream>

#include "compiler/analyze/difference.h"
#include "compiler/driver/confirm.h"
#include "compiler/driver/diff_report.h"
#include "compiler/driver/options.h"
#include "compiler/driver/report.h"
#include "compiler/driver/sources.h"

namespace lsmpc::driver {
namespace {

// One side: the policy, and the compiled one that confirms what is found.
struct Compared {
  policy::Policy policy;
  Simulated simulated;
};

std::optional<Compared> read(const std::string& path, const btf::TargetSet& targets, Report& report) {
  auto file = report.read(path);
  if (!file) return std::nullopt;
  diag::Emitter own;
  auto typed = typePolicy(report.sources, *file, targets, false, own);
  if (typed) typed->policy.assertions.clear();  // `check` and `build` prove them; what changes is to be seen also where one fails
  auto simulated = typed ? Simulated::of(typed->policy, targets, own) : std::nullopt;
  report.take(own, simulated.has_value());
  if (!simulated) return std::nullopt;
  return Compared{std::move(typed->policy), std::move(*simulated)};
}

std::vector<Change> changesOf(const analyze::Comparison& comparison, Compared& old_one, Compared& new_one) {
  std::vector<Change> changes;
  for (const analyze::Difference& difference : comparison.differences) {
    auto refuted = [&](Compared& side, const analyze::Done& done) {
      return side.simulated.refuted(difference.witness, done.rule ? &*done.rule : nullptr);
    };
    std::string wrong = refuted(old_one, difference.old_done);
    changes.push_back({&difference, wrong.empty() ? refuted(new_one, difference.new_done) : wrong});
  }
  return changes;
}

}  // namespace

int runDiff(const Command& self, const Arguments& arguments) {
  Options options(self);
  options.addTargets();
  options.addFormat("text|json|markdown");
  if (!options.parse(arguments)) return options.exitCode();
  if (options.positional().size() != 2) return options.usage("two policies: the old one, then the new one");
  auto targets = openTargets(options.targets(), folderOf(options.positional()[1]));
  if (!targets) return kEnvironment;
  Report report;
  auto old_one = read(options.positional()[0], *targets, report);
  auto new_one = read(options.positional()[1], *targets, report);
  Exit exit = report.show(Format::Text);
  if (!old_one || !new_one) return exit;
  analyze::Comparison comparison = analyze::comparePolicies(old_one->policy, new_one->policy);
  DiffReport result{comparison, changesOf(comparison, *old_one, *new_one), old_one->policy, new_one->policy};
  std::cout << (options.json() ? diffJson(result) : options.format() == "markdown" ? diffMarkdown(result) : diffText(result));
  return isLooser(result) ? kPolicyAtFault : kDone;
}

}  // namespace lsmpc::driver
