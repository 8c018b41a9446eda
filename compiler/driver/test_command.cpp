#include <iostream>
#include <regex>

#include "compiler/driver/options.h"
#include "compiler/driver/sources.h"
#include "compiler/driver/test_report.h"

namespace lsmpc::driver {
namespace {

struct Rendering {
  std::string_view word;
  std::string (*render)(const TestOutcome& outcome);
};

constexpr Rendering kRenderings[] = {{"json", testJson}, {"junit", testJunit}, {"tap", testTap}};

}  // namespace

int runTest(const Command& self, const Arguments& arguments) {
  Options options(self);
  options.named().add_options()("filter", boost::program_options::value<std::string>()->default_value("")->value_name("RE"),
                                "only tests whose name this regular expression is found in")("coverage",
                                                                                             "name the rules that decided in no test");
  options.addTargets();
  options.addFormat("text|json|junit|tap");
  if (!options.parse(arguments)) return options.exitCode();
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
  if (options.format() == "text" && (exit == kDone || !outcome.tests.empty()))
    std::cout << testText(outcome, options.values().count("coverage") > 0);
  return exit;
}

}  // namespace lsmpc::driver
