// Whether compiled objects load on the targets, without their kernels, and on real ones.
#include <algorithm>
#include <iostream>

#include "compiler/driver/commands.h"
#include "compiler/driver/options.h"
#include "compiler/driver/sources.h"
#include "compiler/driver/terminal.h"
#include "compiler/driver/verify_guest.h"
#include "compiler/driver/verify_object.h"
#include "compiler/driver/verify_report.h"

namespace lsmpc::driver {
namespace {

namespace po = boost::program_options;

constexpr size_t kMaxObjectBytes = 256u << 20;

}  // namespace

int runVerify(const Command& self, const Arguments& arguments) {
  Options options(self);
  options.addTargets();
  options.named().add_options()("vm", po::value<std::vector<std::string>>()->composing()->value_name("KERNEL,…"),
                                "boot these kernels of `lsmpc kernels list`, or images, and ask their verifiers")(
      "rebuild", "compile the source in the manifest again and compare the bytes");
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
    if (options.values().count("rebuild") && objects.back().manifest)
      objects.back().rebuilt = rebuildAndCompare(path, *bytes, *objects.back().manifest);
  }
  for (const std::string& kernel : options.listed("vm")) {
    showProgress("lsmpc: asking the kernel " + kernel);
    verifyInGuest(kernel, objects);
  }
  showProgress("");
  for (const VerifiedObject& object : objects) {
    exit = std::max(exit, object.exitCode());
    if (!options.json()) std::cout << verifyText(object);
  }
  if (options.json()) std::cout << verifyJson(objects);
  return exit;
}

}  // namespace lsmpc::driver
