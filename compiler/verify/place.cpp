#include "compiler/verify/place.h"

#include <algorithm>
#include <filesystem>

namespace lsmpc::verify {
namespace {

// As the manifest names it.
std::string nameOf(const std::string& file) { return std::filesystem::path(file).lexically_normal().string(); }

}  // namespace

Place placeOfRule(const runtime::ManifestRule& rule) { return {rule.file, rule.line, rule.text}; }

Places::Places(const object::Object& object, const runtime::Manifest& manifest, const Chosen& chosen)
    : object_(object),
      manifest_(manifest),
      chosen_(chosen) {
  for (const runtime::ManifestRule& rule : manifest.rules) rules_.try_emplace({rule.file, rule.line}, &rule);
}

bool Places::hasRules(const std::string& file) {
  auto [known, first] = files_.emplace(file, false);
  std::string name = first ? nameOf(file) : "";
  auto rule = rules_.lower_bound({name, 0});
  if (first) known->second = rule != rules_.end() && rule->first.first == name;
  return known->second;
}

const Places::Lines& Places::linesOf(size_t function) {
  auto [known, first] = lines_.emplace(function, Lines{});
  if (first)
    for (const object::SourceLine& line : object_.functions[function].lines)
      if (hasRules(line.file)) known->second.push_back(&line);
  return known->second;
}

Place Places::ofHook(const object::Function& program) const {
  for (const runtime::ManifestHook& hook : manifest_.hooks)
    if (hook.program == program.name && !hook.rules.empty()) return placeOfRule(manifest_.rules[hook.rules.front()]);
  return {.program = program.name};
}

Place Places::of(Site site) {
  for (;;) {
    const Lines& lines = linesOf(site.function);
    auto next = std::upper_bound(lines.begin(), lines.end(), site.instruction,
                                 [](uint32_t instruction, const object::SourceLine* line) { return instruction < line->instruction; });
    if (next != lines.begin()) {
      Place place{nameOf((*--next)->file), (*next)->line};
      auto rule = rules_.find({place.file, place.line});
      return rule == rules_.end() ? place : placeOfRule(*rule->second);
    }
    auto caller = chosen_.called.find(site.function);
    if (caller == chosen_.called.end()) return ofHook(object_.functions[site.function]);
    site = caller->second;
  }
}

}  // namespace lsmpc::verify
