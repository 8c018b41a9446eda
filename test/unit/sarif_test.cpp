// LIBS: lsmpc_diag lsmpc_base
// What test/driver/sarif.test cannot bring about: a fault of ours, and names of files from every folder.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "compiler/diag/render.h"
#include "compiler/diag/sarif_location.h"

namespace lsmpc {
namespace {

using nlohmann::json;

TEST(Sarif, AFaultOfOursIsANotificationAndNoResult) {
  base::SourceSet sources;
  base::FileId file = sources.add("p.lsmp", "on file_open deny\n");
  diag::Emitter emitter;
  emitter.report(diag::Kind::CodeFault, {file, 0, 2}, "a {jump}");
  emitter.report(diag::Kind::UnknownHook, {file, 3, 12}, "file_open", "6.1");
  json run = json::parse(diag::renderSarif(emitter.sorted(), sources, {"1.2.3", "/w", {"p.lsmp"}, {}, 70, false}))["runs"][0];
  ASSERT_EQ(run["results"].size(), 1u);
  EXPECT_EQ(run["results"][0]["ruleId"], "E0101");
  const json& invocation = run["invocations"][0];
  EXPECT_EQ(invocation["exitCode"], 70);
  EXPECT_EQ(invocation["executionSuccessful"], false);
  ASSERT_EQ(invocation["toolExecutionNotifications"].size(), 1u);
  const json& told = invocation["toolExecutionNotifications"][0];
  EXPECT_EQ(told["descriptor"]["id"], "E0903");
  EXPECT_EQ(run["tool"]["driver"]["notifications"][told["descriptor"]["index"].get<size_t>()]["id"], "E0903");
  EXPECT_EQ(told["message"]["text"], "the generated code is invalid: a {{jump}}.");
  EXPECT_EQ(told["locations"][0]["physicalLocation"]["region"]["endColumn"], 3);
}

std::string uri(const char* path, const char* folder) {
  json file = diag::sarifFile(path, folder);
  return file["uri"].get<std::string>() + (file.contains("uriBaseId") ? " in " + file["uriBaseId"].get<std::string>() : "");
}

TEST(Sarif, FilesAreNamedFromTheFolderWhereTheyLieInIt) {
  EXPECT_EQ(uri("a/b.lsmp", "/w"), "a/b.lsmp in %SRCROOT%");
  EXPECT_EQ(uri("./a/../b.lsmp", "/w"), "b.lsmp in %SRCROOT%");
  EXPECT_EQ(uri("/w/a.lsmp", "/w"), "a.lsmp in %SRCROOT%");
  EXPECT_EQ(uri("/web/a.lsmp", "/w"), "file:///web/a.lsmp");
  EXPECT_EQ(uri("../a.lsmp", "/w/x"), "file:///w/a.lsmp");
  EXPECT_EQ(uri("a.lsmp", "/"), "a.lsmp in %SRCROOT%");
  EXPECT_EQ(uri("a:b c%\xc3\xa9\xe9.lsmp", "/w"), "a%3Ab%20c%25%C3%A9%E9.lsmp in %SRCROOT%");
  EXPECT_EQ(uri("<std.files>", "/w"), "std/files.lsmp in LSMPC_LIBRARY");
}

TEST(Sarif, ColumnsAreUtf16Units) {
  base::SourceFile file("p.lsmp", "\xc3\xa9\xe2\x80\x93\xf0\x9d\x94\x98x\n");  // é – 𝔘 x
  json region = diag::sarifRegion(file, {0, 9, 10});
  EXPECT_EQ(region["startColumn"], 5);
  EXPECT_EQ(region["endColumn"], 6);
  EXPECT_EQ(diag::sarifRegion(file, {0, 2, 5})["startColumn"], 2);
}

}  // namespace
}  // namespace lsmpc
