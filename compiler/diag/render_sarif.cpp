#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "compiler/diag/pages.h"
#include "compiler/diag/render.h"
#include "compiler/diag/sarif_location.h"

namespace lsmpc::diag {
namespace {

using nlohmann::json;

constexpr std::string_view kSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

std::string_view levelOf(Kind kind) { return info(kind).severity == Severity::Warning ? "warning" : "error"; }

// SARIF's messages have {0} for arguments, so that a brace is written as two.
json message(std::string_view text) {
  std::string escaped;
  for (char c : text) escaped.append(c == '{' || c == '}' ? 2 : 1, c);
  return {{"text", escaped}};
}

// SARIF's lists are sets.
void addOnce(json& list, json item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(std::move(item));
}

// The text as a sentence, and the hint as the next.
std::string sentences(const Diagnostic& diagnostic) {
  auto ended = [](const std::string& text) { return text.ends_with('?') || text.ends_with('.') ? text : text + "."; };
  return ended(diagnostic.text) + (diagnostic.hint.empty() ? "" : " Hint: " + ended(diagnostic.hint));
}

// Where each kind that is reported stands among the rules (or the notifications), by code.
std::map<std::string_view, json> descriptorsOf(const std::vector<Diagnostic>& diagnostics, bool faults) {
  std::map<std::string_view, json> found;
  for (const Diagnostic& d : diagnostics) {
    const KindInfo& kind = info(d.kind);
    if ((kind.severity == Severity::Fault) != faults || found.count(kind.code)) continue;
    json one = {{"id", kind.code}, {"name", kind.name}, {"defaultConfiguration", {{"level", levelOf(d.kind)}}}};
    if (const Page* page = pageOf(kind.code)) {
      one["shortDescription"] = message(std::string(titleOf(*page)) + ".");
      one["help"] = message(std::string(meaningOf(*page)) + "\n\n`lsmpc explain " + std::string(kind.code) + "` shows an example.");
      one["help"]["markdown"] = one["help"]["text"];
    }
    found.emplace(kind.code, std::move(one));
  }
  return found;
}

json valuesOf(const std::map<std::string_view, json>& descriptors) {
  json values = json::array();
  for (const auto& [code, descriptor] : descriptors) values.push_back(descriptor);
  return values;
}

size_t indexOf(const std::map<std::string_view, json>& descriptors, Kind kind) {
  return static_cast<size_t>(std::distance(descriptors.begin(), descriptors.find(info(kind).code)));
}

json fixesOf(const Diagnostic& diagnostic, const base::SourceSet& sources, const std::string& folder) {
  json fixes = json::array();
  for (const Fix& fix : diagnostic.fixes) {
    const base::SourceFile& file = sources.file(fix.range.file);
    json replacement = {{"deletedRegion", sarifRegion(file, fix.range)}, {"insertedContent", {{"text", fix.replacement}}}};
    json change = {{"artifactLocation", sarifFile(file.path(), folder)}, {"replacements", json::array({replacement})}};
    fixes.push_back({{"description", message("Write `" + fix.replacement + "`.")}, {"artifactChanges", json::array({change})}});
  }
  return fixes;
}

json resultOf(const Diagnostic& diagnostic, size_t rule, const base::SourceSet& sources, const std::string& folder) {
  json result = {{"ruleId", info(diagnostic.kind).code},
                 {"ruleIndex", rule},
                 {"level", levelOf(diagnostic.kind)},
                 {"message", message(sentences(diagnostic))},
                 {"locations", json::array({{{"physicalLocation", sarifPlace(sources, diagnostic.range, folder)}}})}};
  json related = json::array();
  for (const Label& label : diagnostic.labels)
    addOnce(related, {{"physicalLocation", sarifPlace(sources, label.range, folder)}, {"message", message(label.text)}});
  if (!related.empty()) result["relatedLocations"] = related;
  if (!diagnostic.fixes.empty()) result["fixes"] = fixesOf(diagnostic, sources, folder);
  return result;
}

// A fault of ours, or what the environment lacks.
json notificationsOf(const std::vector<Diagnostic>& diagnostics, const std::map<std::string_view, json>& faults,
                     const base::SourceSet& sources, const Run& run) {
  json notifications = json::array();
  for (const Diagnostic& d : diagnostics)
    if (info(d.kind).severity == Severity::Fault)
      notifications.push_back({{"descriptor", {{"id", info(d.kind).code}, {"index", indexOf(faults, d.kind)}}},
                               {"level", "error"},
                               {"message", message(sentences(d))},
                               {"locations", json::array({{{"physicalLocation", sarifPlace(sources, d.range, run.folder)}}})}});
  for (const std::string& failure : run.failures) notifications.push_back({{"level", "error"}, {"message", message(failure)}});
  return notifications;
}

json artifactsOf(const Run& run) {
  json artifacts = json::array();
  for (const std::string& file : run.files)
    addOnce(artifacts, {{"location", sarifFile(file, run.folder)}, {"roles", json::array({"analysisTarget"})}, {"sourceLanguage", "lsmp"}});
  return artifacts;
}

}  // namespace

std::string renderSarif(const std::vector<Diagnostic>& diagnostics, const base::SourceSet& sources, const Run& run) {
  auto rules = descriptorsOf(diagnostics, false), faults = descriptorsOf(diagnostics, true);
  json results = json::array();
  for (const Diagnostic& d : diagnostics)
    if (info(d.kind).severity != Severity::Fault) results.push_back(resultOf(d, indexOf(rules, d.kind), sources, run.folder));
  json driver = {{"name", "lsmpc"}, {"version", run.version}, {"rules", valuesOf(rules)}};
  if (!faults.empty()) driver["notifications"] = valuesOf(faults);
  json invocation = {{"executionSuccessful", run.successful}, {"exitCode", run.exit_code}};
  if (json told = notificationsOf(diagnostics, faults, sources, run); !told.empty()) invocation["toolExecutionNotifications"] = told;
  json bases;
  bases[std::string(kFolderBase)]["description"] = message("The folder that lsmpc was called in.");
  bases[std::string(kLibraryBase)]["description"] = message("The standard library, inside lsmpc.");
  json one = {{"tool", {{"driver", driver}}},   {"invocations", json::array({invocation})},
              {"columnKind", "utf16CodeUnits"}, {"originalUriBaseIds", bases},
              {"artifacts", artifactsOf(run)},  {"results", results}};
  json log = {{"$schema", kSchema}, {"version", "2.1.0"}, {"runs", json::array({one})}};
  return log.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace lsmpc::diag
