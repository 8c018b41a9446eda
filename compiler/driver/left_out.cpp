#include "compiler/driver/left_out.h"

#include <iostream>

namespace lsmpc::driver {

int show(const runtime::Failure& failure) {
  for (const runtime::Problem& problem : failure.problems())
    std::cerr << "lsmpc: error " << runtime::codeOf(problem.message) << ": " << runtime::textOf(problem) << "\n";
  return failure.exitCode();
}

void warnOfLeftOut(const std::string& events, uint64_t lines, const std::string& first) {
  if (!lines) return;
  std::cerr << "lsmpc: " << lines << (lines == 1 ? " line of `" : " lines of `") << events
            << (lines == 1 ? "` is no event and is left out" : "` are no events and are left out");
  if (!first.empty()) std::cerr << ", the first is " << first;
  std::cerr << "; events are lines as `lsmpctl events --format json` writes them\n";
}

}  // namespace lsmpc::driver
