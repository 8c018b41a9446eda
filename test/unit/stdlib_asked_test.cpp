// LIBS: lsmpc_parse lsmpc_ast lsmpc_diag lsmpc_base lsmpc_stdlib
// Each attribute of the prelude, asked for by its name and one of its hooks, is there, and so is what it is made of.
#include <gtest/gtest.h>

#include <set>

#include "compiler/parse/parse.h"
#include "stdlib/asked.h"
#include "stdlib/library.h"

using namespace lsmpc;

namespace {

std::string_view prelude() {
  for (const stdlib::Module& module : stdlib::modules())
    if (module.name == "prelude") return module.text;
  return "";
}

struct Parsed {
  base::SourceSet sources;
  std::optional<ast::File> file;

  explicit Parsed(std::string text) {
    diag::Emitter emitter;
    file = parse::parseFile(sources, sources.add("prelude", std::move(text)), emitter);
    EXPECT_FALSE(emitter.hasErrors());
  }
  // By name and line.
  std::set<std::pair<std::string, uint32_t>> attributesOn(const std::string& hook) const {
    std::set<std::pair<std::string, uint32_t>> result;
    for (const ast::Statement& statement : file->statements) {
      auto* one = std::get_if<ast::AttributeDeclaration>(&statement);
      if (!one) continue;
      auto isHook = [&](const ast::Name& name) { return name.text == hook; };
      if (one->hooks.empty() || std::any_of(one->hooks.begin(), one->hooks.end(), isHook)) result.emplace(nameOf(*one), lineOf(*one));
    }
    return result;
  }
  static std::string nameOf(const ast::AttributeDeclaration& one) {
    std::string name;
    for (const ast::Name& part : one.name) name += (name.empty() ? "" : ".") + part.text;
    return name;
  }
  uint32_t lineOf(const ast::AttributeDeclaration& one) const { return sources.file(one.range.file).position(one.range.begin).line; }
};

// As an argument: members end alike.
bool standsIn(const std::string& value, const std::string& name) {
  for (const char* before : {"(", " "})
    for (const char* after : {",", ")"})
      if (value.find(before + name + after) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST(StdlibAsked, AttributesComeWithWhatTheyAreMadeOf) {
  Parsed whole{std::string(prelude())};
  size_t compared = 0;
  for (const ast::Statement& statement : whole.file->statements) {
    auto* one = std::get_if<ast::AttributeDeclaration>(&statement);
    if (!one) continue;
    std::string name = Parsed::nameOf(*one), hook = one->hooks.empty() ? "file_open" : one->hooks.back().text;
    std::string text = "on " + hook + " when " + name + " deny";
    std::string_view texts[] = {text};
    auto asked = Parsed(stdlib::asked(prelude(), texts)).attributesOn(hook);
    EXPECT_TRUE(asked.contains({name, whole.lineOf(*one)})) << name << " on " << hook;
    std::string value = ast::print(*one->value);
    for (const auto& other : whole.attributesOn(hook)) {
      if (!standsIn(value, other.first)) continue;
      EXPECT_TRUE(asked.contains(other)) << other.first << " of " << name;
      ++compared;
    }
  }
  EXPECT_GT(compared, 0u);
}

TEST(StdlibAsked, WhatNobodyNamesIsLeftOut) {
  std::string_view texts[] = {"on file_open when uid == 1 deny"};
  std::string asked = stdlib::asked(prelude(), texts);
  EXPECT_NE(asked.find("\nattribute uid "), std::string::npos);
  EXPECT_EQ(asked.find("\nattribute gid "), std::string::npos);
  EXPECT_EQ(std::count(asked.begin(), asked.end(), '\n'), std::count(prelude().begin(), prelude().end(), '\n'));
}
