#include "runtime/apply.h"

#include <csignal>
#include <iostream>

#include "runtime/cli/apply_text.h"
#include "runtime/cli/host.h"
#include "runtime/cli/options.h"
#include "runtime/cli/problems.h"
#include "runtime/watch.h"

namespace lsmpc::cli {
namespace {

using Json = nlohmann::ordered_json;

void print(const Call& call, const runtime::ApplyRequest& request, const runtime::ApplyReport& report, bool json) {
  noteCleaned(call.program, report.cleaned);
  if (json) {
    std::cout << applyJson(request, report).dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
    return;
  }
  warn(call.program, report.warnings);
  if (request.dry_run) std::cout << "nothing is changed; without --dry-run this would be:\n";
  std::cout << applyText(report, false);
  if (report.policies.empty()) std::cout << request.folder << ": nothing to do\n";
}

// Who reads its output may end; it goes on.
int watch(const Call& call, const runtime::ApplyRequest& request, const std::optional<runtime::MetricsAddress>& metrics, bool json) {
  if (request.dry_run) misused(call, "`--dry-run` and `--watch` exclude each other");
  std::signal(SIGPIPE, SIG_IGN);
  bool first = true;
  runtime::WatchTold told;
  told.pass = [&](const runtime::ApplyReport& report) {
    if (first || json)
      print(call, request, report, json);
    else
      std::cout << applyText(report, true);
    first = false;
    std::cout.flush();
    if (auto problems = runtime::problemsOf(report); !problems.empty()) tell(call.program, json, runtime::Failure(std::move(problems)));
  };
  told.failure = [&](const runtime::Failure& failure) { tell(call.program, json, failure); };
  told.note = [&](const std::string& text) { std::cerr << call.program << ": note: " << text << "\n"; };
  runtime::watchFolder(request, metrics, told);
  return 0;
}

runtime::ApplyRequest requestOf(const Call& call, const Parsed& parsed) {
  if (parsed.names.empty() || parsed.names.front().empty()) misused(call, "name the folder");
  auto given = [&](const char* option) { return parsed.values.count(option) != 0; };
  return {runtime::canonicalFolder(parsed.names.front()), given("audit"), given("force"), given("allow-empty"), given("dry-run"), given("protect")};
}

// Boost takes whatever word comes next for the address, the folder too.
Call withMetricsAddress(Call call) {
  std::vector<std::string>& words = call.arguments;
  for (size_t i = 0; i < words.size(); ++i)
    if (words[i] == "--metrics" && (i + 1 == words.size() || !runtime::metricsAddressOf(words[i + 1])))
      words[i] += std::string("=") + runtime::kMetricsDefault;
  return call;
}

std::optional<runtime::MetricsAddress> metricsOf(const Call& call, const Parsed& parsed) {
  if (!parsed.values.count("metrics")) return std::nullopt;
  if (!parsed.values.count("watch")) misused(call, "`--metrics` goes with `--watch`");
  const std::string& text = parsed.values["metrics"].as<std::string>();
  std::optional<runtime::MetricsAddress> address = runtime::metricsAddressOf(text);
  if (!address) misused(call, "`" + text + "` is no address and port such as " + runtime::kMetricsDefault + " or [::1]:15767");
  return address;
}

}  // namespace

int runApply(const Call& call) {
  boost::program_options::options_description options("options");
  options.add_options()("watch", "go on, until SIGTERM or SIGINT: apply it again whenever it, or what is in force of it, changes")(
      "metrics", boost::program_options::value<std::string>()->implicit_value(runtime::kMetricsDefault),
      "with --watch: serve at http://ADDRESS:PORT/metrics what policies count, for Prometheus")(
      "audit", "record what would be denied, deny nothing")("force", "also policies that would stop `unload`")(
      "allow-empty", "a folder that is empty or gone unloads all that was applied from it")("dry-run", "say what would be done")(
      "protect", "keep root, too, from pins, mounts and maps of all policies: this program alone changes them then");
  Parsed parsed = parse(withMetricsAddress(call), options, 1);
  if (parsed.help) return 0;
  std::optional<runtime::MetricsAddress> metrics = metricsOf(call, parsed);
  runtime::ApplyRequest request = requestOf(call, parsed);
  if (parsed.values.count("watch")) return watch(call, request, metrics, parsed.json);
  runtime::ApplyReport report = runtime::applyFolder(request);
  print(call, request, report, parsed.json);
  if (auto problems = runtime::problemsOf(report); !problems.empty()) throw runtime::Failure(std::move(problems));
  return 0;
}

}  // namespace lsmpc::cli
