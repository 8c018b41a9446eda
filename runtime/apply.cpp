#include "runtime/apply.h"

#include <optional>

#include "runtime/load.h"
#include "runtime/lock.h"
#include "runtime/pins.h"
#include "runtime/preflight.h"
#include "runtime/protection.h"
#include "runtime/skipped_programs.h"
#include "runtime/unpin.h"

namespace lsmpc::runtime {
namespace {

void add(std::vector<Problem>& all, const std::vector<Problem>& more) { all.insert(all.end(), more.begin(), more.end()); }

void load(PolicyFate& policy, const ApplyRequest& request) {
  LoadRequest one{{std::move(policy.object)}, request.audit, request.force, 0, false, {request.folder}, request.protect};
  try {
    LoadOutcome outcome = loadWithLock(one);
    policy.generation = outcome.loaded.front().generation;
    add(policy.problems, outcome.afterwards);
  } catch (const Failure& failure) {
    policy.fate = Fate::Failed;
    add(policy.problems, failure.problems());
  }
  policy.object = {};
}

// Where something holds its link, or a pin cannot go, it may be out of force all the same.
void unload(PolicyFate& policy) {
  try {
    removePolicy(policy.name);
    policy.generation = 0;
  } catch (const Failure& failure) {
    add(policy.problems, failure.problems());
    if (policyInForce(policy.name))
      policy.fate = Fate::Failed;
    else
      policy.generation = 0;
  }
}

void carryOut(std::vector<PolicyFate>& fates, const ApplyRequest& request) {
  for (PolicyFate& policy : fates)
    if (policy.fate == Fate::Loaded || policy.fate == Fate::Replaced) load(policy, request);
  keepWhereFailed(fates);
  for (PolicyFate& policy : fates)
    if (policy.fate == Fate::Unloaded) unload(policy);
}

FolderContent contentOf(const ApplyRequest& request) {
  std::optional<FolderContent> content = readFolder(request.folder);
  bool empty = !content || (content->objects.empty() && content->unusable.empty());
  if (empty && !request.allow_empty) throw Failure(Message::FolderEmpty, {request.folder, content ? "holds no `*.bpf.o`" : "is not there"});
  return content ? std::move(*content) : FolderContent{};
}

}  // namespace

ApplyReport applyFolder(const ApplyRequest& request, const std::set<std::string>& known) {
  if (std::vector<Problem> problems = checkHost(); !problems.empty()) throw Failure(std::move(problems));
  ApplyReport report;
  report.warnings = warningsOf(runningKernel());
  Descriptor lock = lockPins();
  FolderContent content = contentOf(request);
  report.cleaned = removeLeftovers();
  report.policies = planFates(std::move(content), loadedPolicies(), {{request.folder}, request.audit, known});
  if (request.dry_run)
    keepWhereFailed(report.policies);
  else
    carryOut(report.policies, request);
  if (request.protect && !request.dry_run && !isProtected() && !pinnedNames().empty()) beginProtection();
  return report;
}

std::vector<Problem> problemsOf(const ApplyReport& report) {
  std::vector<Problem> problems;
  for (const PolicyFate& policy : report.policies) add(problems, policy.problems);
  return problems;
}

std::set<std::string> inForceAfter(const ApplyReport& report) {
  std::set<std::string> names;
  for (const PolicyFate& policy : report.policies)
    if (policy.generation) names.insert(policy.name);
  return names;
}

}  // namespace lsmpc::runtime
