#include "runtime/cli/host.h"

#include <iostream>

#include "runtime/cli/problems.h"
#include "runtime/lock.h"
#include "runtime/preflight.h"
#include "runtime/unpin.h"

namespace lsmpc::cli {

// What cannot be cleaned up is told and does not stand in the way of looking.
runtime::Descriptor beginHost(const std::string& program) {
  if (auto problems = runtime::checkReader(); !problems.empty()) throw runtime::Failure(std::move(problems));
  runtime::Descriptor lock = runtime::lockPins();
  try {
    noteCleaned(program, runtime::removeLeftovers());
  } catch (const runtime::Failure& failure) {
    tell(program, false, failure);
  }
  return lock;
}

void noteCleaned(const std::string& program, const std::vector<std::string>& policies) {
  for (const std::string& name : policies) std::cerr << program << ": note: removed what an interrupted command left of `" << name << "`\n";
}

}  // namespace lsmpc::cli
