#include "runtime/skipped_programs.h"

#include <sys/utsname.h>

#include <cstdio>
#include <fstream>
#include <sstream>

namespace lsmpc::runtime {
namespace {

constexpr KernelVersion kFirstThatSkips{5, 12, 0}, kFirstMended{6, 1, 54};

std::string firstLine(const char* path) {
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  return line;
}

// 0.0.0 where no number begins.
KernelVersion numberAt(const char* text) {
  KernelVersion found;
  sscanf(text, "%u.%u.%u", &found.major, &found.minor, &found.patch);
  return found;
}

// Behind the last of `mark`.
KernelVersion numberBehind(const std::string& text, const std::string& mark) {
  size_t place = text.rfind(mark);
  return place == std::string::npos ? KernelVersion{} : numberAt(text.c_str() + place + mark.size());
}

bool hasWord(const std::string& text, const std::string& wanted) {
  std::istringstream words(text);
  for (std::string word; words >> word;)
    if (word == wanted) return true;
  return false;
}

// A kernel built without preemption has no such word. One with PREEMPT_DYNAMIC does as its command line says; what it does without, its
// configuration knows.
bool preempts(const KernelText& kernel) {
  if (kernel.version.find(" PREEMPT") == std::string::npos) return false;
  bool chosen = kernel.version.find("PREEMPT_DYNAMIC") != std::string::npos;
  return !chosen || !(hasWord(kernel.command_line, "preempt=none") || hasWord(kernel.command_line, "preempt=voluntary"));
}

std::string textOf(const KernelVersion& version) {
  return std::to_string(version.major) + "." + std::to_string(version.minor) + "." + std::to_string(version.patch);
}

}  // namespace

KernelText runningKernel() {
  utsname names{};
  uname(&names);
  return {names.release, names.version, firstLine("/proc/version_signature"), firstLine("/proc/cmdline")};
}

KernelVersion versionOf(const KernelText& kernel) {
  const KernelVersion none;
  KernelVersion debian = numberBehind(kernel.version, " Debian "), ubuntu = numberBehind(kernel.signature, " ");
  return debian != none ? debian : ubuntu != none ? ubuntu : numberAt(kernel.release.c_str());
}

bool skipsPrograms(const KernelText& kernel) {
  KernelVersion version = versionOf(kernel);
  return version >= kFirstThatSkips && version < kFirstMended && preempts(kernel);
}

std::vector<Problem> warningsOf(const KernelText& kernel) {
  if (!skipsPrograms(kernel)) return {};
  return {{Message::SkipsPrograms, {textOf(versionOf(kernel))}, {}}};
}

}  // namespace lsmpc::runtime
