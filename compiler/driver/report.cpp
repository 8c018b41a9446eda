#include "compiler/driver/report.h"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "compiler/driver/sources.h"
#include "compiler/driver/terminal.h"
#include "compiler/parse/parse.h"

namespace lsmpc::driver {
namespace {

std::tuple<std::string, uint32_t, diag::Kind, std::string> placeOf(const diag::Diagnostic& diagnostic, const base::SourceSet& sources) {
  return {sources.file(diagnostic.range.file).path(), diagnostic.range.begin, diagnostic.kind, diagnostic.text};
}

}  // namespace

std::optional<base::FileId> Report::read(const std::string& path) {
  std::string wrong;
  auto text = readText(path, parse::kMaxFileBytes + 1, wrong);  // one byte more tells parse that it is too large
  if (!text) {
    fail("cannot read `" + path + "`: " + wrong);
    return std::nullopt;
  }
  files_.push_back(path);
  return sources.add(path, std::move(*text));
}

void Report::fail(const std::string& why, Exit exit) {
  std::cerr << "lsmpc: " << why << "\n";
  failures_.push_back(why);
  exit_ = exit;
}

void Report::take(const diag::Emitter& emitter, bool done) {
  for (diag::Diagnostic& diagnostic : emitter.sorted())
    if (said_.insert(placeOf(diagnostic, sources)).second) diagnostics_.push_back(std::move(diagnostic));
  errors_ = errors_ || emitter.hasErrors();
  faults_ = faults_ || emitter.hasFaults() || (!done && !emitter.hasErrors());
}

size_t Report::warnings() const {
  auto isWarning = [](const diag::Diagnostic& one) { return diag::info(one.kind).severity == diag::Severity::Warning; };
  return static_cast<size_t>(std::count_if(diagnostics_.begin(), diagnostics_.end(), isWarning));
}

Exit Report::show(Format format) {
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

diag::Run Report::run() const {
  bool successful = exit_ == kDone || exit_ == kPolicyAtFault;
  return {LSMPC_VERSION, std::filesystem::current_path().string(), files_, failures_, exit_, successful};
}

}  // namespace lsmpc::driver
