#include "compiler/check/scope.h"

#include <algorithm>

#include "compiler/check/check.h"
#include "compiler/check/circles.h"
#include "compiler/policy/flags.h"
#include "stdlib/constants/constants.h"

namespace lsmpc::check {

std::string joined(const std::vector<ast::Name>& names) {
  std::string text;
  for (const ast::Name& name : names) text += (text.empty() ? "" : ".") + name.text;
  return text;
}

Scope::Scope(const Input& input, diag::Emitter& emitter) : modules_(input.modules), targets_(input.targets) {
  for (const ast::File* library : input.libraries) add(*library, true, emitter);
  for (const ast::File* used : input.used) add(*used, false, emitter);
  add(input.file, false, emitter);
  poisonCircles(emitter);
}

void Scope::add(const ast::File& file, bool library, diag::Emitter& emitter) {
  if (library) library_.insert(file.file);
  for (const ast::Statement& statement : file.statements) {
    if (auto* let = std::get_if<ast::Let>(&statement)) {
      declare(let->name, "a constant", library, emitter);
      lets_.emplace(let->name.text, let);
    } else if (auto* set = std::get_if<ast::SetDeclaration>(&statement)) {
      declare(set->name, "a set", library, emitter);
      sets_.emplace(set->name.text, set);
    } else if (auto* group = std::get_if<ast::Group>(&statement)) {
      declareGroup(*group, library, emitter);
    } else if (auto* attribute = std::get_if<ast::AttributeDeclaration>(&statement)) {
      if (library)
        attributes_.push_back({joined(attribute->name), attribute, library});
      else
        declareAttribute(*attribute, emitter);
    } else if (auto* one = std::get_if<ast::Template>(&statement)) {
      declare(one->name, "a template", library, emitter);
      templates_.emplace(one->name.text, one);
    }
  }
}

void Scope::poisonCircles(diag::Emitter& emitter) {
  Declarations values;
  std::map<std::string, ast::Range> places;
  for (const auto& [name, let] : lets_) values.emplace(name, let->value.get()), places.emplace(name, let->name.range);
  for (const auto& [name, set] : sets_) values.emplace(name, set->value.get()), places.emplace(name, set->name.range);
  poisoned_.merge(circularNames(values, places, emitter));
  for (const std::string& name : poisoned_) {
    lets_.erase(name);
    sets_.erase(name);
  }
}

std::string Scope::meaning(const std::string& name) const {
  if (isAttribute(name)) return "an attribute";
  if (name == "arg") return "the hook's arguments";
  if (constants::find(name)) return "a constant of the kernel's headers";
  if (targets_.enumerator(name)) return "an enumerator of the kernel";
  return policy::isFlagName(name) ? "the name of a flag" : "";
}

void Scope::declare(const ast::Name& name, std::string what, bool library, diag::Emitter& emitter) {
  declare(name, std::move(what), library ? "" : meaning(name.text), emitter);
}

void Scope::declare(const ast::Name& name, std::string what, const std::string& is, diag::Emitter& emitter) {
  auto before = taken_.find(name.text);
  auto refuse = [&](const std::string& is) -> diag::Emitter::Builder {
    return emitter.report(diag::Kind::ShadowedName, name.range, name.text, is).hint("choose another name");
  };
  if (before != taken_.end()) {
    refuse(before->second.first).note(before->second.second, "declared here");
    poisoned_.insert(name.text);  // which of the two is meant, nobody knows
  } else if (!is.empty()) {
    refuse(is);
  }
  taken_.emplace(name.text, std::pair(std::move(what), name.range));
}

// One name may be declared for several hooks, as the library's are, but what it means on one of them is said once.
void Scope::declareAttribute(const ast::AttributeDeclaration& attribute, diag::Emitter& emitter) {
  ast::Name name{joined(attribute.name), base::join(attribute.name.front().range, attribute.name.back().range)};
  auto onSameHook = [&](const AttributeEntry& other) {
    if (other.library || other.name != name.text) return false;
    const auto &mine = attribute.hooks, &others = other.declaration->hooks;
    auto has = [&](const ast::Name& hook) {
      return std::any_of(others.begin(), others.end(), [&](const ast::Name& o) { return o.text == hook.text; });
    };
    return mine.empty() || others.empty() || std::any_of(mine.begin(), mine.end(), has);
  };
  auto mine = [&](const AttributeEntry& entry) { return !entry.library && entry.name == name.text; };
  auto twin = std::find_if(attributes_.begin(), attributes_.end(), onSameHook);
  if (twin != attributes_.end())
    emitter.report(diag::Kind::ShadowedName, name.range, name.text, "an attribute of the same hook")
        .note(twin->declaration->name.front().range, "declared here")
        .hint("choose another name");
  else if (std::find_if(attributes_.begin(), attributes_.end(), mine) == attributes_.end())
    declare(name, "an attribute", attribute.name.front().text == "arg" ? "the hook's arguments" : meaning(name.text), emitter);
  attributes_.push_back({name.text, &attribute, false});
}

// Its text is looked through, not parsed: a declaration stands at the beginning of a line.
std::string Scope::useFor(std::string_view name) const {
  for (const Module& module : modules_)
    for (const char* statement : {"template", "group", "set", "let", "attribute"}) {
      std::string declaration = "\n" + std::string(statement) + " " + std::string(name);
      size_t at = module.text.find(declaration);
      bool whole = at != std::string_view::npos && std::string_view("( =").find(module.text[at + declaration.size()]) != std::string_view::npos;
      if (whole) return "`use std." + std::string(module.name) + "` has it";
    }
  return "";
}

const ast::Template* Scope::templateNamed(std::string_view name) const {
  auto found = templates_.find(name);
  return found == templates_.end() || poisoned_.contains(found->first) ? nullptr : found->second;
}

bool Scope::isFree(const ast::Name& name, diag::Emitter& emitter) const {
  auto before = taken_.find(name.text);
  // The library cannot know the policy's names: inside of its templates a parameter hides them.
  bool hides = library_.contains(name.range.file) && before != taken_.end() && !library_.contains(before->second.second.file);
  if (hides) return true;
  std::string is = before != taken_.end() ? before->second.first : meaning(name.text);
  if (is.empty()) return true;
  auto message = emitter.report(diag::Kind::ShadowedName, name.range, name.text, is).hint("choose another name");
  if (before != taken_.end()) message.note(before->second.second, "declared here");
  return false;
}

void Scope::declareGroup(const ast::Group& group, bool library, diag::Emitter& emitter) {
  auto [before, added] = groups_.emplace(group.name.text, GroupEntry{&group, library});
  if (!added)
    emitter.report(diag::Kind::ShadowedName, group.name.range, group.name.text, "a group")
        .note(before->second.declaration->name.range, "declared here")
        .hint("choose another name");
  else if (!library && targets_.hook(group.name.text))
    emitter.report(diag::Kind::ShadowedName, group.name.range, group.name.text, "a hook").hint("choose another name");
}

const GroupEntry* Scope::group(std::string_view name) const {
  auto found = groups_.find(name);
  return found == groups_.end() ? nullptr : &found->second;
}

const ast::Let* Scope::let(std::string_view name) const {
  auto found = lets_.find(name);
  return found == lets_.end() ? nullptr : found->second;
}

const ast::SetDeclaration* Scope::set(std::string_view name) const {
  auto found = sets_.find(name);
  return found == sets_.end() ? nullptr : found->second;
}

const AttributeEntry* Scope::attribute(std::string_view name, std::string_view hook) const {
  for (const AttributeEntry& entry : attributes_) {
    if (entry.name != name) continue;
    const auto& hooks = entry.declaration->hooks;
    if (hooks.empty() || std::any_of(hooks.begin(), hooks.end(), [&](const ast::Name& h) { return h.text == hook; })) return &entry;
  }
  return nullptr;
}

bool Scope::isAttribute(std::string_view name) const {
  return std::any_of(attributes_.begin(), attributes_.end(), [&](const AttributeEntry& entry) { return entry.name == name; });
}

std::vector<std::string> Scope::hooksOf(std::string_view attribute) const {
  std::vector<std::string> hooks;
  for (const AttributeEntry& entry : attributes_)
    if (entry.name == attribute)
      for (const ast::Name& hook : entry.declaration->hooks) hooks.push_back(hook.text);
  return hooks;
}

std::vector<std::string> Scope::groupNames() const {
  std::vector<std::string> result;
  for (const auto& [name, group] : groups_) result.push_back(name);
  return result;
}

std::vector<std::string> Scope::templateNames() const {
  std::vector<std::string> result;
  for (const auto& [name, one] : templates_) result.push_back(name);
  return result;
}

std::vector<std::string> Scope::names(std::string_view hook) const {
  std::vector<std::string> result;
  for (const AttributeEntry& entry : attributes_)
    if (attribute(entry.name, hook)) result.push_back(entry.name);
  for (const auto& [name, let] : lets_) result.push_back(name);
  for (const auto& [name, set] : sets_) result.push_back(name);
  for (const constants::Constant& constant : constants::all()) result.emplace_back(constant.name);
  return result;
}

}  // namespace lsmpc::check
