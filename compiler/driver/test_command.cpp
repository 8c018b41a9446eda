#include <iostream>
#include <regex>

#include "compiler/driver/coverage.h"
#include "compiler/driver/options.h"
#include "compiler/driver/sources.h"
#include "compiler/driver/test_report.h"

namespace lsmpc::driver {

namespace po = boost::program_options;

namespace {

struct Rendering {
  std::string_view word;
  std::string (*render)(const TestOutcome& outcome);
};

constexpr Rendering kRenderings[] = {{"json", testJson}, {"junit", testJunit}, {"tap", testTap}};

// What is asked of how much the tests see.
struct Demand {
  bool shown = false;
  std::string lcov;  // a file, or ""
  std::string text;  // as written
  std::optional<uint64_t> least;
};

// False: --fail-under is no percentage.
bool readDemand(const Options& options, Demand& demand) {
  if ((demand.shown = options.values().count("coverage") > 0)) demand.lcov = options.values()["coverage"].as<std::string>();
  if (!options.values().count("fail-under")) return true;
  demand.text = options.values()["fail-under"].as<std::string>();
  return (demand.least = percentOf(demand.text)).has_value();
}

Exit meet(const Demand& demand, const TestOutcome& outcome) {
  if (!demand.lcov.empty() && !writeWhole(demand.lcov, coverageLcov(outcome))) return kEnvironment;
  Share share = coverageOf(outcome);
  if (!demand.least || !isBelow(share, *demand.least)) return kDone;
  std::cerr << "lsmpc: the tests see " << percentText(share) << " of rules and conditions (" << share.seen << " of " << share.all
            << "), which is less than --fail-under " << demand.text << "; --coverage says what is missing\n";
  return kPolicyAtFault;
}

}  // namespace

int runTest(const Command& self, const Arguments& arguments) {
  Options options(self);
  options.named().add_options()("filter", po::value<std::string>()->default_value("")->value_name("RE"),
                                "only tests whose name this regular expression is found in");
  options.addWithOptionalValue("coverage", "FILE",
                               "say which rules decided in no test and what their conditions never were; into FILE, as LCOV");
  options.named().add_options()("fail-under", po::value<std::string>()->value_name("PERCENT"),
                                "exit 1 where the tests see less of rules and conditions");
  options.addTargets();
  options.addFormat("text|json|junit|tap");
  if (!options.parse(arguments)) return options.exitCode();
  Demand demand;
  if (!readDemand(options, demand)) return options.usage("--fail-under is a number from 0 to 100, not `" + demand.text + "`");
  auto sources = findSources(options.positional());
  if (!sources) return kEnvironment;
  auto targets = openTargets(options.targets(), sources->folder);
  if (!targets) return kEnvironment;
  const std::string& filter = options.values()["filter"].as<std::string>();
  Report report;
  TestOutcome outcome;
  try {
    outcome = testAll(sources->files, *targets, filter, report);
  } catch (const std::regex_error&) {
    return options.usage("--filter is a regular expression, and `" + filter + "` is none");
  }
  Exit exit = report.show(Format::Text);
  for (const Rendering& one : kRenderings)
    if (options.format() == one.word) std::cout << one.render(outcome);
  bool any = exit == kDone || !outcome.tests.empty();
  if (options.format() == "text" && any) std::cout << testText(outcome) << (demand.shown ? coverageText(outcome) : "");
  Exit met = any ? meet(demand, outcome) : kDone;
  return exit == kDone ? met : exit;
}

}  // namespace lsmpc::driver
