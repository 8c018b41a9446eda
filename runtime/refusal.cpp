#include "runtime/refusal.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <sstream>
#include <string_view>

namespace lsmpc::runtime {
namespace {

constexpr size_t kVerifierLines = 30, kLibraryLines = 10;

// By these the kernel and libbpf judge what they are given; libbpf's own numbers are large.
constexpr int kOfObject[] = {EINVAL, ERANGE, EACCES, ENOENT, EEXIST, ESRCH, EOPNOTSUPP, 524};  // ENOTSUPP, which no header has
constexpr int kLibraryErrors = 4000;
// Where libbpf says these, it did not come to the object: the kernel's types could not be read, or a program of its own was refused, as SELinux does.
constexpr const char* kOfHost[] = {"Error loading vmlinux BTF", "Couldn't load trivial BPF program"};

// Where libbpf cannot ask the kernel what it has, it takes that for a no, and leaves out what the object may need. What came of the question; "": nothing is wrong.
std::string failedQuestion(const std::string& log) {
  static constexpr std::string_view kSaid = " support failed: -", kLeftOut = "' is referenced but wasn't created";
  if (size_t at = log.find(kSaid); at != std::string::npos) return errorText(std::atoi(log.c_str() + at + kSaid.size()));
  size_t end = log.find(kLeftOut), start = end == std::string::npos ? end : log.rfind('\'', end - 1);
  // Maps of sections, which every kernel with BPF LSM has, have a dot in their names; what the loader leaves out has none.
  bool variables = start != std::string::npos && log.substr(start, end - start).find('.') != std::string::npos;
  return variables ? "it answers that it has no global variables" : "";
}

// The log's end: what came before it are mostly register dumps.
std::string lastLines(const std::string& log, size_t count) {
  size_t at = log.size();
  for (size_t lines = 0; at > 0 && lines <= count; --at)
    if (log[at - 1] == '\n') ++lines;
  return log.substr(at > 0 ? at + 1 : 0);
}

// The hook whose program libbpf says it could not load.
const ManifestHook* refusedHook(const Manifest& manifest, const std::string& log) {
  for (const ManifestHook& hook : manifest.hooks)
    if (log.find("prog '" + hook.program + "': BPF program load failed") != std::string::npos) return &hook;
  return nullptr;
}

// The rule whose instructions the verifier saw last: it prints each source line as `; text` before its instructions.
const ManifestRule* lastRule(const Manifest& manifest, const ManifestHook& hook, const std::string& log) {
  if (hook.rules.size() == 1) return &manifest.rules[hook.rules.front()];
  const ManifestRule* found = nullptr;
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("; ", 0) != 0) continue;
    for (uint32_t rule : hook.rules)
      if (!manifest.rules[rule].text.empty() && line.find(manifest.rules[rule].text) != std::string::npos) found = &manifest.rules[rule];
  }
  return found;
}

std::string whereRefused(const Manifest& manifest, const std::string& log) {
  const ManifestHook* hook = refusedHook(manifest, log);
  if (!hook) return "";
  if (const ManifestRule* rule = lastRule(manifest, *hook, log)) return " on `" + hook->name + "`, " + placeOf(*rule) + ": " + rule->text;
  std::string places;
  for (uint32_t rule : hook->rules) places += (places.empty() ? ", one of " : ", ") + placeOf(manifest.rules[rule]);
  return " on `" + hook->name + "`" + places;
}

}  // namespace

bool isHosts(int error) {
  int number = std::abs(error);
  return number && number < kLibraryErrors && !std::count(std::begin(kOfObject), std::end(kOfObject), number);
}

Problem loadProblem(const PolicyObject& object, int error, const std::string& log) {
  if (std::string came = failedQuestion(log); !came.empty())
    return {Message::HostRefuses, {object.path, "asking the kernel what it has", came}, lastLines(log, kLibraryLines)};
  bool verifier = log.find("BEGIN PROG LOAD LOG") != std::string::npos;
  if (verifier) return {Message::VerifierRefused, {object.path, whereRefused(object.manifest, log)}, lastLines(log, kVerifierLines)};
  std::string words = lastLines(log, kLibraryLines);
  bool before = std::any_of(std::begin(kOfHost), std::end(kOfHost), [&](const char* said) { return log.find(said) != std::string::npos; });
  if (before || isHosts(error)) return {Message::HostRefuses, {object.path, "making its maps and programs", errorText(error)}, words};
  return {Message::LoadFailed, {object.path, errorText(error)}, words};
}

}  // namespace lsmpc::runtime
