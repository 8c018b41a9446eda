// LIBS: lsmpc_runtime
#include <gtest/gtest.h>

#include "runtime/stats.h"

using namespace lsmpc::runtime;

namespace {

Stats example() {
  PolicyStats web{"web", "1 \"\\\n", "enforce", 3, 0, Counters{}};
  (*web.counters)[LSMP_DENIED] = 7;
  web.programs = {{"file_open", false, 12, 4, 2000000001, 0}, {"track_task_alloc", true, 13, 0, 0, 5}};
  web.sets = {{"banned", 2, 10}};
  web.rules = {{"deny-etc", "web.lsmp:3", 5, 1}, {"allow-tmp", "web.lsmp:4", 0, 0}, {"kill-odd", "web.lsmp:9", 60, 0}};
  return {true, {web, {"broken", "", "audit", 1, 2}}};
}

}  // namespace

TEST(StatsPrometheus, LabelsAreEscaped) {
  EXPECT_NE(
      statsPrometheus(example()).find("lsmp_policy_info{policy=\"web\",version=\"1 \\\"\\\\\\n\",mode=\"enforce\",generation=\"3\"} 1\n"),
      std::string::npos);
}

TEST(StatsPrometheus, ValuesInBaseUnits) {
  std::string text = statsPrometheus(example());
  for (const char* line :
       {"lsmp_denied_total{policy=\"web\"} 7\n", "lsmp_program_run_seconds_total{policy=\"web\",hook=\"file_open\"} 2.000000001\n",
        "lsmp_program_missed_total{policy=\"web\",hook=\"track_task_alloc\"} 5\n", "lsmp_set_elements{policy=\"web\",set=\"banned\"} 2\n",
        "lsmp_set_max{policy=\"web\",set=\"banned\"} 10\n",
        "lsmp_rule_hits_total{policy=\"web\",rule=\"deny-etc\",place=\"web.lsmp:3\"} 5\n",
        "lsmp_rule_hits_total{policy=\"web\",rule=\"allow-tmp\",place=\"web.lsmp:4\"} 0\n",
        "lsmp_rule_unresolved_total{policy=\"web\",rule=\"deny-etc\",place=\"web.lsmp:3\"} 1\n",
        "lsmp_policy_faults{policy=\"broken\"} 2\n", "lsmp_bpf_stats_enabled 1\n"})
    EXPECT_NE(text.find(std::string("\n") + line), std::string::npos) << line << text;
}

// What cannot be read has no sample: 0 would say that nothing was denied.
TEST(StatsPrometheus, NoCountersNoSamples) { EXPECT_EQ(statsPrometheus(example()).find("_total{policy=\"broken\""), std::string::npos); }

// Each family has HELP and TYPE before its samples, once, also where there are none.
TEST(StatsPrometheus, FamiliesStayTheSame) {
  auto heads = [](const std::string& text) {
    std::vector<std::string> lines;
    for (size_t at = 0; at < text.size(); at = text.find('\n', at) + 1)
      if (text[at] == '#') lines.push_back(text.substr(at, text.find('\n', at) - at));
    return lines;
  };
  auto all = heads(statsPrometheus(example()));
  EXPECT_EQ(all, heads(statsPrometheus({})));
  EXPECT_EQ(all.size(), 2 * (2 + LSMP_COUNTERS + 4 + 2 + 2));
  EXPECT_EQ(statsPrometheus(example()).back(), '\n');
}

TEST(StatsText, SaysWhatIsNotCounted) {
  Stats untimed = example();
  untimed.timed = false;
  EXPECT_NE(statsText(untimed).find("kernel.bpf_stats_enabled=1"), std::string::npos);
  EXPECT_EQ(statsText(example()).find("kernel.bpf_stats_enabled=1"), std::string::npos);
  EXPECT_NE(statsText(example()).find("broken (audit, generation 1)  DAMAGED: see status\n  its counters cannot be read\n"),
            std::string::npos);
  EXPECT_EQ(statsText({}), "no policy is loaded\n");
}

// A scrape of a policy of many rules shows what has decided.
TEST(StatsPrometheus, OfManyRulesThoseWithHits) {
  PolicyStats many{"many", "", "enforce", 1, 0};
  for (int i = 0; i < 1001; ++i) many.rules.push_back({"r" + std::to_string(i), "many.lsmp:" + std::to_string(i + 1), i == 7 ? 2u : 0u, 0});
  std::string text = statsPrometheus({false, {many}});
  EXPECT_NE(text.find("rule=\"r7\",place=\"many.lsmp:8\"} 2\n"), std::string::npos);
  EXPECT_EQ(text.find("rule=\"r8\""), std::string::npos);
}

TEST(StatsText, RulesByTheirHits) {
  std::string text = statsText(example());
  size_t odd = text.find("web.lsmp:9"), etc = text.find("web.lsmp:3");
  EXPECT_LT(odd, etc);
  EXPECT_NE(etc, std::string::npos);
  EXPECT_EQ(text.find("web.lsmp:4"), std::string::npos);
  EXPECT_NE(text.find("  1 of 3 rules have decided nothing\n"), std::string::npos);
}

TEST(StatsText, TwentyRulesAreShown) {
  PolicyStats many{"many", "", "enforce", 1, 0};
  for (int i = 0; i < 23; ++i) many.rules.push_back({"r", "many.lsmp:" + std::to_string(i + 1), 1, 0});
  EXPECT_NE(statsText({true, {many}}).find("  and 3 more with hits: --format json has all\n"), std::string::npos);
}
