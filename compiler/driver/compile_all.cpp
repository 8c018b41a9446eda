#include "compiler/driver/compile_all.h"

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <set>
#include <tuple>

#include "compiler/diag/render.h"
#include "compiler/driver/sources.h"
#include "compiler/parse/parse.h"

namespace lsmpc::driver {
namespace {

bool wantsColour() { return isatty(STDERR_FILENO) && !std::getenv("NO_COLOR"); }

// A file that several policies use says what is wrong with it once.
std::tuple<std::string, uint32_t, diag::Kind, std::string> placeOf(const diag::Diagnostic& diagnostic, const base::SourceSet& sources) {
  return {sources.file(diagnostic.range.file).path(), diagnostic.range.begin, diagnostic.kind, diagnostic.text};
}

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

Outcome compileAll(const std::vector<std::string>& files, const btf::TargetSet& targets, Stage stage, bool json, bool libraries) {
  Outcome outcome;
  base::SourceSet sources;
  std::vector<diag::Diagnostic> diagnostics;
  std::set<std::tuple<std::string, uint32_t, diag::Kind, std::string>> said;
  bool errors = false, faults = false;
  for (const std::string& path : files) {
    auto text = readFile(path, parse::kMaxFileBytes + 1);  // one byte more tells parse that it is too large
    if (!text) {
      outcome.exit = kEnvironment;
      continue;
    }
    emit::Finish finish = &path == &files.back() ? emit::Finish::Here : emit::Finish::InChild;
    diag::Emitter own;  // the errors of one file stop no other
    auto compiled = compile(sources, sources.add(path, std::move(*text)), targets, stage, finish, libraries, own);
    for (diag::Diagnostic& diagnostic : own.sorted())
      if (said.insert(placeOf(diagnostic, sources)).second) diagnostics.push_back(std::move(diagnostic));
    errors = errors || own.hasErrors();
    faults = faults || own.hasFaults() || (!compiled && !own.hasErrors());
    if (!compiled || compiled->library) continue;
    outcome.compiled.push_back(std::move(*compiled));
    outcome.files.push_back(path);
  }
  diag::Emitter twins;
  refuseTwins(outcome, twins);
  for (diag::Diagnostic& diagnostic : twins.sorted()) diagnostics.push_back(std::move(diagnostic));
  if (json)
    std::cout << diag::renderJson(diagnostics, sources);
  else
    std::cerr << diag::renderText(diagnostics, sources, wantsColour());
  if ((errors || twins.hasErrors()) && outcome.exit == kDone) outcome.exit = kPolicyAtFault;
  if (faults) outcome.exit = kOurBug;
  if (outcome.exit == kOurBug) std::cerr << "lsmpc: this is a fault of lsmpc, not of the policy; please report it with the policy\n";
  return outcome;
}

}  // namespace lsmpc::driver
