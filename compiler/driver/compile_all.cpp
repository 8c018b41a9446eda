#include "compiler/driver/compile_all.h"

#include <iostream>

#include "compiler/bundle/bundle.h"
#include "compiler/driver/heap.h"
#include "compiler/driver/report.h"
#include "compiler/driver/twins.h"

namespace lsmpc::driver {

Outcome compileAll(const std::vector<std::string>& files, const btf::TargetSet& targets, const Request& request) {
  reserveHeap(files);
  Outcome outcome;
  Report report;
  NamedPolicies names;
  for (const std::string& path : files) {
    auto file = report.read(path);
    if (!file) continue;
    emit::Finish finish = request.last && &path == &files.back() ? emit::Finish::Here : emit::Finish::InChild;
    diag::Emitter own;  // the errors of one file stop no other
    auto compiled = compile(report.sources, *file, targets, request.stage, finish, request.explain, request.libraries, own);
    report.take(own, compiled.has_value());
    if (!compiled || compiled->library) continue;
    names.emplace_back(compiled->policy_name, compiled->name_range);
    outcome.compiled.push_back(std::move(*compiled));
    outcome.files.push_back(path);
  }
  refuseTwins(names, report);
  outcome.warnings = report.warnings();
  outcome.exit = report.show(request.format);
  return outcome;
}

Outcome compileBundle(const std::string& name, const std::vector<std::string>& files, const btf::TargetSet& targets,
                      const Request& request) {
  reserveHeap(files);
  Outcome outcome;
  Report report;
  std::vector<policy::Policy> members;
  NamedPolicies names;
  std::string paths;
  for (const std::string& path : files) {
    auto file = report.read(path);
    if (!file) continue;
    diag::Emitter own;
    auto typed = typePolicy(report.sources, *file, targets, request.libraries, own);
    report.take(own, typed.has_value());
    if (!typed || typed->library) continue;
    names.emplace_back(typed->policy.name, typed->policy.name_range);
    members.push_back(std::move(typed->policy));
    paths += (paths.empty() ? "" : ", ") + path;
  }
  refuseTwins(names, report);
  if (report.isClean() && !members.empty()) {
    diag::Emitter own;
    auto compiled =
        compilePolicy(bundle::bundlePolicies(name, std::move(members)), targets, request.stage, emit::Finish::Here, request.explain, own);
    report.take(own, compiled.has_value());
    if (compiled) outcome = {kDone, {std::move(*compiled)}, {paths}};
  }
  if (report.isClean() && outcome.compiled.empty()) report.fail("there is nothing to bundle: no file has rules", kPolicyAtFault);
  outcome.warnings = report.warnings();
  outcome.exit = report.show(request.format);
  return outcome;
}

int reportFailure(const std::string& why, Format format) {
  Report report;
  report.fail(why);
  return report.show(format);
}

void printCosts(const Outcome& outcome) {
  for (const Compiled& compiled : outcome.compiled) std::cout << compiled.cost;
}

}  // namespace lsmpc::driver
