#include "runtime/cli/dry_run.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "runtime/dry_run.h"

namespace lsmpc::cli {
namespace {

using Json = nlohmann::ordered_json;

void printText(const runtime::DryRun& run) {
  std::cout << run.name << ": this kernel takes it; nothing is in force of it\n";
  for (const runtime::VerifierCounts& program : run.programs) std::cout << "  " << program.program << "  " << program.counts << "\n";
  for (const std::string& hook : run.absent) std::cout << "  this kernel lacks: " << hook << "\n";
}

Json asJson(const runtime::DryRun& run) {
  Json programs = Json::array();
  for (const runtime::VerifierCounts& program : run.programs) programs.push_back({{"name", program.program}, {"verifier", program.counts}});
  return {{"name", run.name}, {"absent", run.absent}, {"programs", programs}};
}

}  // namespace

void showDryRun(const std::vector<std::string>& objects, bool json) {
  std::vector<runtime::ObjectFile> files;
  for (const std::string& path : objects) files.push_back({path, {}});
  Json policies = Json::array();
  for (const runtime::DryRun& run : runtime::dryRun(files)) {
    if (!json) printText(run);
    policies.push_back(asJson(run));
  }
  if (json) std::cout << Json{{"schema", "lsmp-dry-run"}, {"version", 1}, {"policies", policies}}.dump() << "\n";
}

}  // namespace lsmpc::cli
