// LIBS: lsmpc_runtime
#include <gtest/gtest.h>

#include "runtime/manifest.h"
#include "runtime/message.h"

using namespace lsmpc::runtime;

namespace {

// Of three rules, as the hook names them.
std::string document(const std::string& rules) {
  std::string rule = R"({"id":"00000000","line":1,"verdict":"deny","errno":"EPERM"})";
  return R"({"schema":"lsmp-manifest","abi":2,"policy":{"name":"web"},"arch":"x86_64","source":{"path":"web.lsmp","text":"on file_open deny\n"},"rules":[)" +
         rule + "," + rule + "," + rule + R"(],"hooks":[{"name":"file_open","program":"lsmp_file_open","rules":)" + rules +
         R"(,"variants":[{"arguments":["struct file *"]}]}]})";
}

}  // namespace

TEST(Manifest, RulesAndRunsOfThem) {
  EXPECT_EQ(parseManifest(document("[0,2]"), "it").hooks[0].rules, (std::vector<uint32_t>{0, 2}));
  EXPECT_EQ(parseManifest(document("[0,[1,2]]"), "it").hooks[0].rules, (std::vector<uint32_t>{0, 1, 2}));
}

TEST(Manifest, RulesGone) {
  Manifest before, now;
  before.rules = {{"1", "web.lsmp", 2}, {"2", "web.lsmp", 3}, {"2-2", "web.lsmp", 4}};
  now.rules = {{"3", "web.lsmp", 2}, {"2", "web.lsmp", 9}};
  std::vector<ManifestRule> gone = rulesGone(before, now);
  ASSERT_EQ(gone.size(), 2u);
  EXPECT_EQ(gone[0].id, "1");
  EXPECT_EQ(placeOf(gone[1]), "web.lsmp:4");
  EXPECT_TRUE(rulesGone(now, now).empty());
}

TEST(Manifest, RulesThatAreNotThere) {
  for (const char* rules :
       {"[3]", "[[1,3]]", "[[2,1]]", "[[0,2],0]", "[[4294967295,4294967295]]", "[[4294967290,4294967295]]", "[[0]]", "[-1]", "{}"}) {
    try {
      parseManifest(document(rules), "it");
      ADD_FAILURE() << rules;
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.problems()[0].message, Message::BadManifest) << rules;
    }
  }
}
