#include "compiler/driver/rebuild.h"

#include "compiler/bundle/bundle.h"
#include "compiler/driver/joined.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/report.h"
#include "compiler/object/elf.h"

namespace lsmpc::driver {
namespace {

using runtime::Message;

constexpr const char* kOurs = "lsmpc " LSMPC_VERSION;

}  // namespace

Obstacle notCompiled(const diag::Emitter& emitter) {
  auto diagnostics = emitter.sorted();
  return {"its source does not compile: " + (diagnostics.empty() ? "for no reason that is said" : diagnostics.front().text),
          "use the compiler that made it"};
}

std::vector<policy::Policy> policiesOf(const Unpacked& sources, const btf::TargetSet& targets) {
  Report report;
  std::vector<policy::Policy> policies;
  for (const std::string& path : sources.policies()) {
    diag::Emitter own;
    auto file = report.read(path);
    auto typed = file ? typePolicy(report.sources, *file, targets, false, own) : std::nullopt;
    if (!typed) throw notCompiled(own);
    policies.push_back(std::move(typed->policy));
  }
  return policies;
}

policy::Policy wholeOf(const runtime::Manifest& manifest, std::vector<policy::Policy> policies) {
  return manifest.members.empty() ? std::move(policies.front()) : bundle::bundlePolicies(manifest.name, std::move(policies));
}

std::string compileAgain(const runtime::Manifest& manifest, const Unpacked& sources) {
  if (manifest.compiler != kOurs)
    throw Obstacle{"`" + manifest.compiler + "` made it, and this is `" + kOurs + "`", "use the compiler that made it"};
  std::string wrong;
  auto targets = openTargets(manifest.targets, "", wrong);
  if (!targets) throw Obstacle{wrong, "call it where the targets " + joined(manifest.targets) + " are"};
  diag::Emitter own;
  auto compiled = compilePolicy(wholeOf(manifest, policiesOf(sources, *targets)), *targets, Stage::Object, emit::Finish::InChild,
                                Explain::Nothing, own);
  if (!compiled) throw notCompiled(own);
  return compiled->output;
}

Rebuilt rebuildAndCompare(const std::string& path, const std::string& bytes, const runtime::Manifest& manifest) {
  try {
    std::string made = compileAgain(manifest, Unpacked(manifest));
    if (made == bytes) return {};
    return {{{Message::RebuiltDiffers, {path, differenceOf(bytes, made)}, {}}}};
  } catch (const Obstacle& obstacle) {
    return {{{Message::NotRebuilt, {path, obstacle.why, obstacle.way_out}, {}}}};
  }
}

std::string differenceOf(const std::string& bytes, const std::string& made) {
  auto first = object::readElf(bytes), second = object::readElf(made);
  for (size_t i = 0; first && second && i < first->sections.size(); ++i) {
    const object::Section* other = second->section(first->sections[i].name);
    if (!other || other->bytes != first->sections[i].bytes) return "section `" + first->sections[i].name + "` differs";
  }
  return "it has " + std::to_string(bytes.size()) + " bytes, and " + std::to_string(made.size()) + " come of the source";
}

}  // namespace lsmpc::driver
