#include "compiler/driver/test_report.h"

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "compiler/base/markup.h"
#include "compiler/driver/coverage.h"
#include "compiler/driver/joined.h"

namespace lsmpc::driver {
namespace {

using base::escaped;

std::string counted(size_t count, const std::string& one) { return std::to_string(count) + " " + one + (count == 1 ? "" : "s"); }

constexpr std::string_view kNoTarget = "since no target has its hooks and members";

std::string nameOf(const Tested& test) { return test.name + (test.is_case ? " (line " + std::to_string(test.line) + ")" : ""); }

}  // namespace

std::string testText(const TestOutcome& outcome) {
  std::set<std::string> targets;
  for (const Tested& test : outcome.tests)
    for (const auto* names : {&test.passed, &test.failed}) targets.insert(names->begin(), names->end());
  size_t failed = outcome.failed();
  std::string on = targets.empty() ? "" : " on " + joined({targets.begin(), targets.end()});
  size_t ran = outcome.ran();
  std::string text = outcome.tests.empty() ? "no tests\n"
                     : !ran                ? "no test ran\n"
                     : failed              ? std::to_string(failed) + " of " + counted(ran, "test") + " failed" + on + "\n"
                                           : counted(ran, "test") + " passed" + on + "\n";
  for (const Tested& test : outcome.tests)
    if (!test.ran())
      text += "not run, " + std::string(kNoTarget) + ": " + test.file + ":" + std::to_string(test.line) + " " + test.name + "\n";
  return text;
}

std::string testJson(const TestOutcome& outcome) {
  nlohmann::ordered_json document = {{"schema", "lsmpc-tests"},
                                     {"version", 1},
                                     {"tests", nlohmann::json::array()},
                                     {"rules", nlohmann::json::array()},
                                     {"conditions", nlohmann::json::array()}};
  for (const Tested& test : outcome.tests)
    document["tests"].push_back({{"file", test.file},
                                 {"line", test.line},
                                 {"name", test.name},
                                 {"passed", test.passed},
                                 {"failed", test.failed},
                                 {"failures", test.failures}});
  for (const Covered& rule : outcome.rules)
    document["rules"].push_back({{"file", rule.file}, {"line", rule.line}, {"id", rule.id}, {"text", rule.text}, {"hits", rule.hits}});
  for (const CoveredCondition& one : outcome.conditions)
    document["conditions"].push_back({{"file", one.path},
                                      {"line", one.line},
                                      {"column", one.column},
                                      {"text", one.text},
                                      {"true", one.seen.yes},
                                      {"false", one.seen.no},
                                      {"unresolved", one.seen.unresolved},
                                      {"can_be_unresolved", one.seen.can_be_unresolved}});
  Share share = coverageOf(outcome);
  document["coverage"] = {{"seen", share.seen}, {"of", share.all}};
  return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string testJunit(const TestOutcome& outcome) {
  std::map<std::string, std::vector<const Tested*>> suites;
  for (const Tested& test : outcome.tests) suites[test.file].push_back(&test);
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"" + std::to_string(outcome.tests.size()) +
                     "\" failures=\"" + std::to_string(outcome.failed()) + "\">\n";
  for (const auto& [file, tests] : suites) {
    size_t failed = 0, skipped = 0;
    for (const Tested* test : tests) failed += !test->failed.empty(), skipped += !test->ran();
    text += "<testsuite name=\"" + escaped(file) + "\" tests=\"" + std::to_string(tests.size()) + "\" failures=\"" +
            std::to_string(failed) + "\" skipped=\"" + std::to_string(skipped) + "\">\n";
    for (const Tested* test : tests) {
      text += "<testcase classname=\"" + escaped(file) + "\" name=\"" + escaped(nameOf(*test)) + "\" file=\"" + escaped(file) +
              "\" line=\"" + std::to_string(test->line) + "\"";
      text += !test->ran()           ? "><skipped message=\"" + std::string(kNoTarget) + "\"/></testcase>\n"
              : test->failed.empty() ? "/>\n"
                                     : "><failure message=\"on " + escaped(joined(test->failed)) + "\">" +
                                           escaped(joined(test->failures, "\n")) + "</failure></testcase>\n";
    }
    text += "</testsuite>\n";
  }
  return text + "</testsuites>\n";
}

std::string testTap(const TestOutcome& outcome) {
  std::string text = "TAP version 13\n1.." + std::to_string(outcome.tests.size()) + "\n";
  for (size_t i = 0; i < outcome.tests.size(); ++i) {
    const Tested& test = outcome.tests[i];
    text += (test.failed.empty() ? "ok " : "not ok ") + std::to_string(i + 1) + " - " + test.file + ": " + nameOf(test) +
            (test.ran() ? "\n" : " # SKIP " + std::string(kNoTarget) + "\n");
    for (const std::string& failure : test.failures) text += "# " + failure + "\n";
  }
  return text;
}

}  // namespace lsmpc::driver
