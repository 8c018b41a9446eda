#include "runtime/cli/apply_text.h"

#include "runtime/cli/problems.h"

namespace lsmpc::cli {

using Json = nlohmann::ordered_json;
using runtime::Fate;
using runtime::PolicyFate;

Json applyJson(const runtime::ApplyRequest& request, const runtime::ApplyReport& report) {
  Json policies = Json::array();
  for (const PolicyFate& policy : report.policies)
    policies.push_back({{"name", policy.name},
                        {"fate", runtime::wordOf(policy.fate)},
                        {"generation", policy.generation},
                        {"object", policy.path},
                        {"why", policy.why},
                        {"problems", problemsJson(policy.problems)}});
  return {{"schema", "lsmp-apply"},     {"version", 1},         {"folder", request.folder},
          {"dry_run", request.dry_run}, {"policies", policies}, {"warnings", problemsJson(report.warnings)}};
}

std::string applyText(const runtime::ApplyReport& report, bool changes) {
  std::string text;
  for (const PolicyFate& policy : report.policies) {
    if (changes && policy.fate == Fate::Unchanged) continue;
    text += (policy.name.empty() ? policy.path : policy.name) + ": " + runtime::wordOf(policy.fate);
    if (policy.generation) text += " (generation " + std::to_string(policy.generation) + " is in force)";
    text += (policy.why.empty() ? "" : ": " + policy.why) + "\n";
  }
  return text;
}

}  // namespace lsmpc::cli
