#include <iostream>
#include <nlohmann/json.hpp>

#include "compiler/driver/commands.h"
#include "compiler/driver/joined.h"
#include "compiler/driver/needs.h"
#include "compiler/driver/options.h"
#include "compiler/driver/sources.h"
#include "runtime/message.h"
#include "runtime/object.h"

namespace lsmpc::driver {
namespace {

constexpr size_t kMaxObjectBytes = 256u << 20;

void printManifest(const runtime::Manifest& manifest) {
  std::cout << "policy " << manifest.name << (manifest.version.empty() ? "" : " version " + manifest.version) << ", mode " << manifest.mode
            << "\n";
  for (const runtime::ManifestMember& member : manifest.members)
    std::cout << "  " << member.path << "  policy " << member.name << (member.version.empty() ? "" : " version " + member.version)
              << ", mode " << member.mode << "\n";
  std::vector<std::string> kinds = kindsOfNeeds(manifest);
  std::cout << "compiled by " << manifest.compiler << " for " << manifest.arch << ", kernels " << joined(manifest.targets) << ", ABI "
            << manifest.abi << "\nneeds of a loader: " << (kinds.empty() ? "nothing, any libbpf program can load it" : joined(kinds))
            << "\n";
  for (const std::string& need : needsOf(manifest)) std::cout << "  " << need << "\n";
  for (const runtime::ManifestHook& hook : manifest.hooks) {
    std::cout << "\n" << hook.name << (hook.if_present ? " (if present)" : "") << ", program " << hook.program << "\n";
    for (uint32_t index : hook.rules) {
      const runtime::ManifestRule& rule = manifest.rules[index];
      std::cout << "  " << rule.id << "  " << placeOf(rule) << "  " << rule.text << "\n";
    }
  }
}

}  // namespace

int runInspect(const Command& self, const Arguments& arguments) {
  Options options(self);
  options.addFormat();
  if (!options.parse(arguments)) return options.exitCode();
  if (options.positional().size() != 1) return options.usage("one object at a time");
  const std::string& path = options.positional().front();
  auto image = readFile(path, kMaxObjectBytes);
  if (!image) return kEnvironment;
  try {
    runtime::Manifest manifest = runtime::manifestOf(*image, path);
    if (options.json())
      std::cout << manifest.text << "\n";
    else
      printManifest(manifest);
    return kDone;
  } catch (const runtime::Failure& failure) {
    for (const runtime::Problem& problem : failure.problems()) {
      std::cerr << "lsmpc: error " << runtime::codeOf(problem.message) << ": " << runtime::textOf(problem) << "\n";
      if (std::string hint = runtime::hintOf(problem); !hint.empty()) std::cerr << "hint: " << hint << "\n";
    }
    return failure.exitCode();
  }
}

}  // namespace lsmpc::driver
