#include "compiler/driver/test_all.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <map>
#include <regex>
#include <sstream>
#include <tuple>
#include <utility>

#include "compiler/driver/heap.h"
#include "compiler/driver/joined.h"

namespace lsmpc::driver {
namespace {

constexpr char kLibraryMark = '<';  // files of the standard library are named <std.NAME>

// On one line.
std::string folded(std::string_view text) {
  std::istringstream in{std::string(text)};
  return joined({std::istream_iterator<std::string>(in), {}}, " ");
}

// What no attribute stands for has no key.
std::string howToSay(const std::string& names) {
  return names.find('(') == std::string::npos
             ? "say it in the step: KEY: VALUE"
             : "declare an attribute for it, `attribute NAME : TYPE on HOOK = …`, and say that in the step";
}

// Policies, one after the other, on all targets.
class Tester {
 public:
  Tester(const btf::TargetSet& targets, const std::regex& filter, Report& report, TestOutcome& outcome)
      : targets_(targets),
        filter_(filter),
        report_(report),
        outcome_(outcome) {
    for (size_t i = 0; i < targets.size(); ++i) types_.emplace_back(targets.raw(i));
  }

  void test(const Subject& subject) {
    const policy::Policy& policy = subject.policy;
    std::string wrong;
    auto wanted = [&](const policy::Test& test) { return std::regex_search(test.name, filter_); };
    std::vector<exercise::Result> results;
    exercise::Hits hits;
    exercise::Conditions conditions;
    for (uint32_t i = 0; i < targets_.size(); ++i) {
      auto exercised = exercise::exercisePolicy(policy, subject.object, subject.slots, {targets_.name(i), i, types_[i]}, wanted, wrong);
      if (!exercised)
        return report_.fail("the object of `" + subject.path + "` cannot be loaded on " + targets_.name(i) + ": " + wrong, kOurBug);
      for (const auto& [rule, count] : exercised->hits) hits[rule] += count;
      exercise::add(exercised->conditions, conditions);
      std::move(exercised->results.begin(), exercised->results.end(), std::back_inserter(results));
    }
    tell(policy, results);
    for (uint32_t i = 0; i < policy.rules.size(); ++i) {
      const policy::Rule& rule = policy.rules[i];
      outcome_.rules.push_back(
          {rule.file, rule.id, rule.text, report_.sources.file(rule.range.file).path(), rule.line, hits.count(i) ? hits[i] : 0});
    }
    for (const auto& [place, seen] : conditions) count(place, seen);
  }

  // A library's condition is one for all policies that use it.
  void close() {
    for (auto& [place, one] : conditions_) outcome_.conditions.push_back(std::move(one));
  }

 private:
  void count(const exercise::Place& place, const exercise::Seen& seen) {
    const base::SourceFile& file = report_.sources.file(place.file);
    if (file.path().starts_with(kLibraryMark)) return;
    CoveredCondition& one = conditions_[{file.path(), place.begin, place.end}];
    base::Position at = file.position(place.begin);
    one.path = file.path();
    one.text = folded(report_.sources.text({place.file, place.begin, place.end}));
    one.line = at.line;
    one.column = at.column;
    one.seen.add(seen);
  }

  // Test by test, case by case, each with all its targets.
  void tell(const policy::Policy& policy, const std::vector<exercise::Result>& results) {
    std::map<std::pair<const policy::Test*, const policy::Case*>, std::vector<const exercise::Result*>> by_run;
    for (const exercise::Result& result : results) by_run[{result.test, result.row}].push_back(&result);
    for (const policy::Test& test : policy.tests) {
      if (test.cases.empty()) tellOne(test, nullptr, by_run[{&test, nullptr}]);
      for (const policy::Case& row : test.cases) tellOne(test, &row, by_run[{&test, &row}]);
    }
  }

  // `results`: one of each target that it ran on.
  void tellOne(const policy::Test& test, const policy::Case* row, const std::vector<const exercise::Result*>& results) {
    if (results.empty() && !std::regex_search(test.name, filter_)) return;
    Tested tested{test.file, test.name, row ? row->line : test.line, row != nullptr, {}, {}, {}};
    const exercise::Result* shown = nullptr;
    for (const exercise::Result* result : results) {
      (result->passed() ? tested.passed : tested.failed).push_back(result->target);
      if (!result->passed() && !shown) shown = result;
    }
    for (size_t i = 0; shown && i < shown->failures.size(); ++i) say(shown->failures[i], test, tested);
    outcome_.tests.push_back(std::move(tested));
  }

  void say(const exercise::Failure& failure, const policy::Test& test, Tested& tested) {
    auto word = [&](size_t i) { return i < failure.words.size() ? failure.words[i] : std::string(); };
    std::string targets = tested.passed.empty() ? "" : ", on " + joined(tested.failed) + " but not on " + joined(tested.passed);
    diag::Emitter own;
    auto said = own.report(failure.kind, failure.range, word(0), word(1));
    if (failure.rule) said.note(*failure.rule, failure.because);
    said.note(test.range, "in this test" + targets);
    if (failure.kind == diag::Kind::Unsaid) said.hint(howToSay(word(0)));
    const base::SourceFile& file = report_.sources.file(failure.range.file);
    for (const diag::Diagnostic& diagnostic : own.sorted())
      tested.failures.push_back(file.path() + ":" + std::to_string(file.position(failure.range.begin).line) + ": " + diagnostic.text);
    report_.take(own, true);
  }

  const btf::TargetSet& targets_;
  const std::regex& filter_;
  Report& report_;
  TestOutcome& outcome_;
  std::deque<relocate::Names> types_;                                                   // of the targets
  std::map<std::tuple<std::string, uint32_t, uint32_t>, CoveredCondition> conditions_;  // by path and place
};

}  // namespace

size_t TestOutcome::failed() const {
  return static_cast<size_t>(std::count_if(tests.begin(), tests.end(), [](const Tested& one) { return !one.failed.empty(); }));
}

size_t TestOutcome::ran() const {
  return static_cast<size_t>(std::count_if(tests.begin(), tests.end(), [](const Tested& one) { return one.ran(); }));
}

TestOutcome testAll(const std::vector<std::string>& files, const btf::TargetSet& targets, const std::string& filter, Report& report) {
  reserveHeap(files);
  TestOutcome outcome;
  std::regex wanted(filter);
  Tester tester(targets, wanted, report, outcome);
  for (const std::string& path : files) {
    emit::Finish finish = &path == &files.back() ? emit::Finish::Here : emit::Finish::InChild;
    if (auto subject = subjectOf(path, targets, {.finish = finish}, report)) tester.test(*subject);
  }
  tester.close();
  return outcome;
}

TestOutcome testOne(const Subject& subject, const btf::TargetSet& targets, Report& report) {
  TestOutcome outcome;
  std::regex all("");
  Tester tester(targets, all, report, outcome);
  tester.test(subject);
  tester.close();
  return outcome;
}

}  // namespace lsmpc::driver
