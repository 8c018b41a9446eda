#include "compiler/driver/needs.h"

#include "runtime/fill.h"

namespace lsmpc::driver {

std::vector<std::string> kindsOfNeeds(const runtime::Manifest& manifest) {
  std::vector<std::string> kinds = manifest.needs;
  if (!manifest.fills.empty()) kinds.emplace_back("ids of accounts");
  if (!manifest.sets.empty()) kinds.emplace_back("first elements of sets");
  return kinds;
}

std::vector<std::string> needsOf(const runtime::Manifest& manifest) {
  std::vector<std::string> needs;
  for (const runtime::Fill& fill : manifest.fills)
    needs.push_back(runtime::textOf(fill) + " of the host, first for " + placeOf(manifest.rules[fill.rule]) + "; unresolved until then");
  for (const runtime::ManifestSet& set : manifest.sets)
    needs.push_back(runtime::textOf(set) + ": " + std::to_string(set.first) + " at first, for " + placeOf(manifest.rules[set.rule]) +
                    "; unresolved until a loader fills it");
  return needs;
}

}  // namespace lsmpc::driver
