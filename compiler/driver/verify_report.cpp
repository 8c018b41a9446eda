#include "compiler/driver/verify_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "compiler/driver/joined.h"

namespace lsmpc::driver {
namespace {

using Json = nlohmann::ordered_json;
using runtime::Problem;

constexpr size_t kMargin = 2, kDetail = 30;  // columns; lines of what a kernel said

std::string spaces(size_t count) { return std::string(count, ' '); }

std::string counted(uint64_t count, const std::string& one) { return std::to_string(count) + " " + one + (count == 1 ? "" : "s"); }

// A problem as the host's commands show it, below `place`.
void printProblem(std::ostringstream& out, const Problem& problem, const std::string& place, size_t times, size_t column) {
  out << spaces(column) << (place.empty() ? "" : place + ": ") << "error " << runtime::codeOf(problem.message) << ": "
      << runtime::textOf(problem) << (times > 1 ? " (" + std::to_string(times) + " places)" : "") << "\n";
  std::istringstream detail(problem.detail);
  std::string line;
  for (size_t i = 0; i < kDetail && std::getline(detail, line); ++i) out << spaces(column) << "  | " << line << "\n";
}

void printHint(std::ostringstream& out, const Problem& problem, size_t column) {
  if (std::string hint = runtime::hintOf(problem); !hint.empty()) out << spaces(column) << "hint: " << hint << "\n";
}

std::string placeText(const verify::Place& place) {
  return place.file.empty() ? place.program : place.file + ":" + std::to_string(place.line);
}

// Each of the policy's lines once, and a hint once for what it follows.
void printFindings(std::ostringstream& out, const verify::Verdict& verdict, size_t column) {
  const verify::Place* shown = nullptr;
  for (size_t i = 0; i < verdict.findings.size(); ++i) {
    const verify::Finding& finding = verdict.findings[i];
    if (!finding.place.text.empty() && (!shown || *shown != finding.place))
      out << spaces(column) << placeText(finding.place) << "  " << finding.place.text << "\n";
    shown = &finding.place;
    bool below = !finding.place.text.empty();
    printProblem(out, finding.problem, below ? "" : placeText(finding.place), finding.times, column + (below ? kMargin : 0));
    bool same = i + 1 < verdict.findings.size() && runtime::hintOf(verdict.findings[i + 1].problem) == runtime::hintOf(finding.problem);
    if (!same) printHint(out, finding.problem, column + (below ? kMargin : 0));
  }
}

size_t widthOf(const VerifiedObject& object) {
  size_t width = 0;
  for (const verify::Verdict& verdict : object.verdicts) width = std::max(width, verdict.kernel.size());
  for (const GuestVerdict& guest : object.guests) width = std::max(width, guest.kernel.size() + 5);
  return width;
}

void printVerdict(std::ostringstream& out, const verify::Verdict& verdict, size_t width) {
  out << spaces(kMargin) << verdict.kernel << spaces(width - verdict.kernel.size() + 2);
  if (!verdict.findings.empty()) {
    out << "does not load: " << counted(verdict.findings.size(), "finding") << "\n";
    return printFindings(out, verdict, kMargin + width + 2);
  }
  out << "loads: " << counted(verdict.programs, "program") << ", at most " << counted(verdict.largest.instructions, "instruction")
      << " and " << verdict.largest.stack << " bytes of stack"
      << (verdict.absent.empty() ? "" : "; not there, and left out: " + joined(verdict.absent)) << "\n";
}

void printGuest(std::ostringstream& out, const GuestVerdict& guest, size_t width) {
  std::string title = guest.kernel + " (vm)";
  out << spaces(kMargin) << title << spaces(title.size() < width + 2 ? width + 2 - title.size() : 1);
  out << (guest.problems.empty() ? "its verifier takes it\n" : "is not taken\n");
  size_t column = kMargin + width + 2, longest = 0;
  for (const Problem& problem : guest.problems) printProblem(out, problem, "", 1, column), printHint(out, problem, column);
  for (const VerifiedProgram& program : guest.programs) longest = std::max(longest, program.name.size());
  for (const VerifiedProgram& program : guest.programs)
    out << spaces(column) << program.name << spaces(longest - program.name.size() + 2) << program.counts << "\n";
}

Json problemJson(const Problem& problem) {
  Json json = {{"code", runtime::codeOf(problem.message)}, {"message", runtime::textOf(problem)}, {"hint", runtime::hintOf(problem)}};
  if (!problem.detail.empty()) json["detail"] = problem.detail;
  return json;
}

Json problemsJson(const std::vector<Problem>& problems) {
  Json json = Json::array();
  for (const Problem& problem : problems) json.push_back(problemJson(problem));
  return json;
}

Json verdictJson(const verify::Verdict& verdict) {
  Json findings = Json::array();
  for (const verify::Finding& finding : verdict.findings) {
    findings.push_back(problemJson(finding.problem));
    findings.back()["times"] = finding.times;
    if (!finding.place.program.empty()) findings.back()["program"] = finding.place.program;
    if (!finding.place.file.empty())
      findings.back()["place"] = {{"file", finding.place.file}, {"line", finding.place.line}, {"text", finding.place.text}};
  }
  return {{"target", verdict.kernel},
          {"loads", verdict.findings.empty()},
          {"absent", verdict.absent},
          {"programs", verdict.programs},
          {"instructions", verdict.largest.instructions},
          {"stack", verdict.largest.stack},
          {"findings", findings}};
}

Json guestJson(const GuestVerdict& guest) {
  Json programs = Json::array();
  for (const VerifiedProgram& program : guest.programs) programs.push_back({{"name", program.name}, {"verifier", program.counts}});
  return {{"kernel", guest.kernel}, {"loads", guest.problems.empty()}, {"problems", problemsJson(guest.problems)}, {"programs", programs}};
}

Json objectJson(const VerifiedObject& object) {
  Json json = {{"object", object.path}};
  if (object.manifest) json["policy"] = object.manifest->name;
  json["problems"] = problemsJson(object.problems);
  json["targets"] = Json::array();
  for (const verify::Verdict& verdict : object.verdicts) json["targets"].push_back(verdictJson(verdict));
  if (object.rebuilt) json["rebuild"] = {{"same", object.rebuilt->problems.empty()}, {"problems", problemsJson(object.rebuilt->problems)}};
  for (const GuestVerdict& guest : object.guests) json["vm"].push_back(guestJson(guest));
  return json;
}

}  // namespace

std::string verifyText(const VerifiedObject& object) {
  std::ostringstream out;
  out << object.path;
  if (object.manifest)
    out << "  policy " << object.manifest->name << (object.manifest->version.empty() ? "" : " " + object.manifest->version)
        << ", built for " << joined(object.manifest->targets);
  out << "\n";
  for (const Problem& problem : object.problems) printProblem(out, problem, "", 1, kMargin), printHint(out, problem, kMargin);
  size_t width = widthOf(object);
  for (const verify::Verdict& verdict : object.verdicts) printVerdict(out, verdict, width);
  if (object.rebuilt && object.rebuilt->problems.empty()) out << spaces(kMargin) << "its source compiles to the same bytes\n";
  if (object.rebuilt)
    for (const Problem& problem : object.rebuilt->problems) printProblem(out, problem, "", 1, kMargin), printHint(out, problem, kMargin);
  for (const GuestVerdict& guest : object.guests) printGuest(out, guest, width);
  return out.str();
}

std::string verifyJson(const std::vector<VerifiedObject>& objects) {
  Json json = {{"schema", "lsmpc-verify"}, {"version", 1}, {"objects", Json::array()}};
  for (const VerifiedObject& object : objects) json["objects"].push_back(objectJson(object));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace lsmpc::driver
