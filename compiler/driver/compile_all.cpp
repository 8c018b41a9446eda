#include "compiler/driver/compile_all.h"

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <map>

#include "compiler/diag/render.h"
#include "compiler/driver/sources.h"
#include "compiler/parse/parse.h"

namespace lsmpc::driver {
namespace {

bool wantsColour() { return isatty(STDERR_FILENO) && !std::getenv("NO_COLOR"); }

// Two policies of one name would replace each other when loaded.
void refuseTwins(const Outcome& outcome, diag::Emitter& emitter) {
  std::map<std::string, base::Range> first;
  for (const Compiled& compiled : outcome.compiled) {
    if (compiled.policy_name.empty()) continue;
    auto [place, added] = first.emplace(compiled.policy_name, compiled.name_range);
    if (added) continue;
    emitter.report(diag::Kind::TwinPolicies, compiled.name_range, compiled.policy_name)
        .note(place->second, "the other")
        .hint("give one a header with another name: policy OTHER_NAME");
  }
}

}  // namespace

Outcome compileAll(const std::vector<std::string>& files, const btf::TargetSet& targets, Stage stage, bool json) {
  Outcome outcome;
  base::SourceSet sources;
  diag::Emitter emitter;
  for (const std::string& path : files) {
    auto text = readFile(path, parse::kMaxFileBytes + 1);  // one byte more tells parse that it is too large
    if (!text) {
      outcome.exit = kEnvironment;
      continue;
    }
    size_t errors_before = emitter.errorCount();
    auto compiled = compile(sources, sources.add(path, std::move(*text)), targets, stage, emitter);
    if (!compiled) {
      if (emitter.errorCount() == errors_before && !emitter.hasFaults()) outcome.exit = kOurBug;
      continue;
    }
    outcome.compiled.push_back(std::move(*compiled));
    outcome.files.push_back(path);
  }
  refuseTwins(outcome, emitter);
  auto diagnostics = emitter.sorted();
  if (json)
    std::cout << diag::renderJson(diagnostics, sources);
  else
    std::cerr << diag::renderText(diagnostics, sources, wantsColour());
  if (emitter.hasErrors() && outcome.exit == kDone) outcome.exit = kPolicyAtFault;
  if (emitter.hasFaults()) outcome.exit = kOurBug;
  if (outcome.exit == kOurBug)
    std::cerr << "lsmpc: this is a fault of lsmpc, not of the policy; please report it with the policy\n";
  return outcome;
}

}  // namespace lsmpc::driver
