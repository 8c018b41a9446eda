#include "compiler/driver/compile_all.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "compiler/bundle/bundle.h"
#include "compiler/diag/render.h"
#include "compiler/driver/heap.h"
#include "compiler/driver/sources.h"
#include "compiler/driver/terminal.h"
#include "compiler/parse/parse.h"

namespace lsmpc::driver {
namespace {

// A file that several policies use says what is wrong with it once.
std::tuple<std::string, uint32_t, diag::Kind, std::string> placeOf(const diag::Diagnostic& diagnostic, const base::SourceSet& sources) {
  return {sources.file(diagnostic.range.file).path(), diagnostic.range.begin, diagnostic.kind, diagnostic.text};
}

// What is found in a list of files, until it is shown.
class Report {
 public:
  base::SourceSet sources;

  std::optional<base::FileId> read(const std::string& path) {
    std::string wrong;
    auto text = readText(path, parse::kMaxFileBytes + 1, wrong);  // one byte more tells parse that it is too large
    if (!text) {
      fail("cannot read `" + path + "`: " + wrong);
      return std::nullopt;
    }
    files_.push_back(path);
    return sources.add(path, std::move(*text));
  }

  // What has no place in a policy.
  void fail(const std::string& why, Exit exit = kEnvironment) {
    std::cerr << "lsmpc: " << why << "\n";
    failures_.push_back(why);
    exit_ = exit;
  }

  // `done`: something came of it.
  void take(const diag::Emitter& emitter, bool done) {
    for (diag::Diagnostic& diagnostic : emitter.sorted())
      if (said_.insert(placeOf(diagnostic, sources)).second) diagnostics_.push_back(std::move(diagnostic));
    errors_ = errors_ || emitter.hasErrors();
    faults_ = faults_ || emitter.hasFaults() || (!done && !emitter.hasErrors());
  }

  size_t warnings() const {
    auto isWarning = [](const diag::Diagnostic& one) { return diag::info(one.kind).severity == diag::Severity::Warning; };
    return static_cast<size_t>(std::count_if(diagnostics_.begin(), diagnostics_.end(), isWarning));
  }
  bool isClean() const { return exit_ == kDone && !errors_ && !faults_; }

  Exit show(Format format) {
    if (errors_ && exit_ == kDone) exit_ = kPolicyAtFault;
    if (faults_) exit_ = kOurBug;
    switch (format) {
      case Format::Text: std::cerr << diag::renderText(diagnostics_, sources, wantsColour()); break;
      case Format::Json: std::cout << diag::renderJson(diagnostics_, sources); break;
      case Format::Sarif: std::cout << diag::renderSarif(diagnostics_, sources, run()); break;
    }
    if (exit_ == kOurBug) std::cerr << "lsmpc: this is a fault of lsmpc, not of the policy; please report it with the policy\n";
    return exit_;
  }

 private:
  diag::Run run() const {
    bool successful = exit_ == kDone || exit_ == kPolicyAtFault;
    return {LSMPC_VERSION, std::filesystem::current_path().string(), files_, failures_, exit_, successful};
  }

  std::vector<std::string> files_, failures_;
  std::vector<diag::Diagnostic> diagnostics_;
  std::set<std::tuple<std::string, uint32_t, diag::Kind, std::string>> said_;
  Exit exit_ = kDone;
  bool errors_ = false, faults_ = false;
};

// Two policies of one name would replace each other when loaded, and in a bundle nobody could tell them apart.
void refuseTwins(const std::vector<std::pair<std::string, base::Range>>& policies, Report& report) {
  diag::Emitter emitter;
  std::map<std::string, base::Range> first;
  for (const auto& [name, range] : policies) {
    if (name.empty()) continue;
    auto [place, added] = first.emplace(name, range);
    if (added) continue;
    emitter.report(diag::Kind::TwinPolicies, range, name)
        .note(place->second, "the other")
        .hint("give one a header with another name: policy OTHER_NAME");
  }
  report.take(emitter, true);
}

}  // namespace

Outcome compileAll(const std::vector<std::string>& files, const btf::TargetSet& targets, const Request& request) {
  reserveHeap(files);
  Outcome outcome;
  Report report;
  std::vector<std::pair<std::string, base::Range>> names;
  for (const std::string& path : files) {
    auto file = report.read(path);
    if (!file) continue;
    emit::Finish finish = &path == &files.back() ? emit::Finish::Here : emit::Finish::InChild;
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
  std::vector<std::pair<std::string, base::Range>> names;
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
        compilePolicy(bundle::bundlePolicies(name, std::move(members)), request.stage, emit::Finish::Here, request.explain, own);
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
