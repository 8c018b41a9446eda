#include "compiler/driver/compared.h"

#include <algorithm>

#include "compiler/driver/joined.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/rebuild.h"
#include "runtime/digest.h"

namespace lsmpc::driver {
namespace {

using runtime::Failure;
using runtime::Message;

// Asserts are proved by `check` and `build`; what changes is to be seen also where one fails.
policy::Policy wholeWithoutAsserts(const Packed& packed, std::vector<policy::Policy>& policies) {
  for (policy::Policy& policy : policies) {
    policy.assertions.clear();
    if (packed.manifest.mode == "audit") policy.mode = ast::Mode::Audit;  // of the source, or of whoever loaded it
  }
  return wholeOf(packed.manifest, policies);
}

// Programs count hits by the numbers of the manifest's rules.
bool sameRules(const policy::Policy& policy, const runtime::Manifest& manifest) {
  return std::equal(policy.rules.begin(), policy.rules.end(), manifest.rules.begin(), manifest.rules.end(),
                    [](const policy::Rule& one, const runtime::ManifestRule& other) { return one.id == other.id; });
}

// The bytes that the manifest belongs to. Nothing where they are not known; then a note has said so. Throws Failure RebuiltDiffers.
std::optional<std::string> bytesOf(const Packed& packed, const Unpacked& sources, std::vector<std::string>& notes) {
  try {
    if (packed.sha256.empty()) throw Obstacle{"its loader noted no digest", ""};
    std::string made = compileAgain(packed.manifest, sources);
    if (runtime::sha256(made) == packed.sha256) return made;
    throw Failure(Message::RebuiltDiffers,
                  {packed.path, packed.bytes.empty() ? "its digest is another" : differenceOf(packed.bytes, made)});
  } catch (const Obstacle& obstacle) {
    notes.push_back("whether `" + packed.path + "` is what its source says could not be found out: " + obstacle.why);
    return packed.bytes.empty() ? std::nullopt : std::optional(packed.bytes);
  }
}

// What events are tried on: the object itself where that can be.
std::string triedObject(const Packed& packed, const Unpacked& sources, const policy::Policy& whole, const btf::TargetSet& targets,
                        std::vector<std::string>& notes) {
  std::optional<std::string> bytes = bytesOf(packed, sources, notes);
  if (bytes && sameRules(whole, packed.manifest)) return *bytes;
  notes.push_back("events are tried on what the source of `" + packed.path + "` compiles to here, for " + targets.names(targets.all()));
  diag::Emitter own;
  auto compiled = compilePolicy(whole, targets, Stage::Object, emit::Finish::InChild, Explain::Nothing, own);
  if (!compiled) throw notCompiled(own);
  return std::move(compiled->output);
}

}  // namespace

std::string Compared::refuted(policy::Test event, const analyze::Done& done) const {
  event.member = member;
  uint32_t rule = first_rule + done.rule.value_or(0);
  return simulated->refuted(std::move(event), done.rule ? &rule : nullptr);
}

std::optional<Compared> comparedSource(const std::string& path, const btf::TargetSet& targets, bool may_be_library, Report& report) {
  auto subject = subjectOf(path, targets, {.library = may_be_library, .asserts = false}, report);
  if (!subject) return std::nullopt;
  policy::Policy policy = subject->policy;
  return Compared{path, std::move(policy), std::make_shared<Simulated>(std::move(*subject), targets)};
}

std::vector<Compared> comparedObject(const Packed& packed, const btf::TargetSet& targets, std::vector<std::string>& notes) {
  try {
    Unpacked sources(packed.manifest);
    std::vector<policy::Policy> policies = policiesOf(sources, targets);
    policy::Policy whole = wholeWithoutAsserts(packed, policies);
    std::string bytes = triedObject(packed, sources, whole, targets, notes), wrong;
    auto subject = subjectOf(packed.path, std::move(whole), bytes, wrong);
    if (!subject) throw Failure(Message::NotAnObject, {packed.path, wrong});
    auto simulated = std::make_shared<Simulated>(std::move(*subject), targets);
    std::vector<Compared> compared;
    uint32_t first_rule = 0;
    for (policy::Policy& policy : policies) {
      auto rules = static_cast<uint32_t>(policy.rules.size()), member = static_cast<uint32_t>(compared.size());
      compared.push_back({packed.path, std::move(policy), simulated, member, first_rule});
      first_rule += rules;
    }
    return compared;
  } catch (const Obstacle& obstacle) {
    throw Failure(Message::NotRebuilt, {packed.path, obstacle.why, obstacle.way_out});
  }
}

}  // namespace lsmpc::driver
