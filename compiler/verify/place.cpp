#include "compiler/verify/place.h"

#include <algorithm>
#include <filesystem>

namespace lsmpc::verify {
namespace {

// The last line before the instruction that is of a file which rules are in.
const object::SourceLine* lineOf(const object::Function& function, uint32_t instruction, const runtime::Manifest& manifest) {
  const object::SourceLine* found = nullptr;
  for (const object::SourceLine& line : function.lines) {
    if (line.instruction > instruction) break;
    std::string file = std::filesystem::path(line.file).lexically_normal().string();
    if (std::any_of(manifest.rules.begin(), manifest.rules.end(), [&](const runtime::ManifestRule& rule) { return rule.file == file; }))
      found = &line;
  }
  return found;
}

Place placeOfHook(const object::Function& program, const runtime::Manifest& manifest) {
  for (const runtime::ManifestHook& hook : manifest.hooks)
    if (hook.program == program.name && !hook.rules.empty()) return placeOfRule(manifest.rules[hook.rules.front()]);
  return {.program = program.name};
}

}  // namespace

Place placeOfRule(const runtime::ManifestRule& rule) { return {rule.file, rule.line, rule.text}; }

Place placeOfSite(const object::Object& object, const runtime::Manifest& manifest, const Chosen& chosen, Site site) {
  for (;;) {
    const object::Function& function = object.functions[site.function];
    if (const object::SourceLine* line = lineOf(function, site.instruction, manifest)) {
      Place place{std::filesystem::path(line->file).lexically_normal().string(), line->line};
      for (const runtime::ManifestRule& rule : manifest.rules)
        if (rule.file == place.file && rule.line == place.line) return placeOfRule(rule);
      return place;
    }
    auto caller = chosen.called.find(site.function);
    if (caller == chosen.called.end()) return placeOfHook(function, manifest);
    site = caller->second;
  }
}

}  // namespace lsmpc::verify
