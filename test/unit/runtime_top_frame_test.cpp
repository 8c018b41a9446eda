// LIBS: lsmpc_runtime
#include <gtest/gtest.h>

#include "runtime/top_frame.h"

using namespace lsmpc::runtime;

namespace {

Stats look(uint64_t generation, uint64_t denied, uint64_t runs) {
  PolicyStats web{"web", "", "enforce", generation, 0, Counters{}};
  (*web.counters)[LSMP_DENIED] = denied;
  web.programs = {{"path_mkdir", false, 1, 0, 0, 0}, {"file_open", false, 2, runs, runs * 500, 0}};
  return {true, {web}};
}

}  // namespace

TEST(TopFrame, RatesAreOfTheTimeBetween) {
  EXPECT_EQ(topFrame(look(1, 10, 1000), look(1, 13, 2001000), 2.0),
            "policy     mode  denied  a second  audited  a second  unresolved  lost\n"
            "web     enforce      13       1.5        0       0.0           0     0\n"
            "\n"
            "program     policy  missed  runs a second  ns a run  % of a processor\n"
            "file_open      web       0      1000000.0       500              50.0\n"
            "path_mkdir     web       0            0.0         -               0.0\n");
}

TEST(TopFrame, ANewGenerationHasNoRateYet) {
  std::string frame = topFrame(look(1, 10, 1000), look(2, 3, 5), 1.0);
  EXPECT_NE(frame.find("web     enforce       3         -        0         -"), std::string::npos) << frame;
  EXPECT_NE(frame.find("file_open      web       0              -         -                 -"), std::string::npos) << frame;
}

TEST(TopFrame, RulesThatDecideNowComeFirst) {
  Stats before = look(1, 0, 0), now = look(1, 0, 0);
  before.policies[0].rules = {{"a", "web.lsmp:1", 70, 1}, {"b", "web.lsmp:2", 0, 0}, {"c", "web.lsmp:3", 5, 0}};
  now.policies[0].rules = {{"a", "web.lsmp:1", 70, 1}, {"b", "web.lsmp:2", 0, 0}, {"c", "web.lsmp:3", 8, 0}};
  std::string frame = topFrame(before, now, 2.0);
  EXPECT_NE(frame.find("\n\nrule        policy  hits  a second  unresolved\n"
                       "web.lsmp:3     web     8       1.5           0\n"
                       "web.lsmp:1     web    70       0.0           1\n"),
            std::string::npos)
      << frame;
  now.policies[0].generation = 2;
  EXPECT_NE(topFrame(before, now, 2.0).find("web.lsmp:1     web    70         -           1\n"), std::string::npos);
}

TEST(TopFrame, NoMoreThanTenRules) {
  Stats now = look(1, 0, 0);
  for (int i = 0; i < 30; ++i) now.policies[0].rules.push_back({"r", "web.lsmp:" + std::to_string(100 + i), 1, 0});
  std::string frame = topFrame(now, now, 1.0);
  EXPECT_NE(frame.find("web.lsmp:109"), std::string::npos) << frame;
  EXPECT_EQ(frame.find("web.lsmp:110"), std::string::npos) << frame;
}
