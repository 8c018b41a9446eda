// Whether compiled objects load on the targets, without their kernels, and on real ones.
#include <algorithm>
#include <iostream>

#include "compiler/driver/commands.h"
#include "compiler/driver/options.h"
#include "compiler/driver/sources.h"
#include "compiler/driver/verify_object.h"
#include "compiler/driver/verify_report.h"

namespace lsmpc::driver {
namespace {

constexpr size_t kMaxObjectBytes = 256u << 20;

}  // namespace

int runVerify(const Command& self, const Arguments& arguments) {
  Options options(self);
  options.addTargets();
  options.addFormat();
  if (!options.parse(arguments)) return options.exitCode();
  if (options.positional().empty()) return options.usage("name the objects to look at");
  auto targets = openTargets(options.targets(), "");
  if (!targets) return kEnvironment;
  int exit = kDone;
  std::vector<VerifiedObject> objects;
  for (const std::string& path : options.positional()) {
    auto bytes = readFile(path, kMaxObjectBytes);
    if (!bytes) {
      exit = kEnvironment;
      continue;
    }
    objects.push_back(verifyObject(path, *bytes, *targets));
    exit = std::max(exit, objects.back().exitCode());
    if (!options.json()) std::cout << verifyText(objects.back());
  }
  if (options.json()) std::cout << verifyJson(objects);
  return exit;
}

}  // namespace lsmpc::driver
