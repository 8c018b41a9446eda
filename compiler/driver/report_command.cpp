#include <iostream>

#include "compiler/base/counts.h"
#include "compiler/driver/heap.h"
#include "compiler/driver/options.h"
#include "compiler/driver/review_page.h"
#include "compiler/driver/sources.h"
#include "compiler/driver/twins.h"

namespace lsmpc::driver {

namespace po = boost::program_options;

namespace {

using base::counted;

using Reviews = std::vector<std::unique_ptr<Review>>;

Reviews reviewsOf(const std::vector<std::string>& files, const btf::TargetSet& targets, Report& report) {
  Reviews reviews;
  NamedPolicies names;
  for (const std::string& path : files) {
    auto review = reviewOf(path, targets, report);
    if (!review) continue;
    names.emplace_back(review->subject.policy.name, review->subject.policy.name_range);
    reviews.push_back(std::move(review));
  }
  refuseTwins(names, report);
  if (report.isClean() && reviews.empty()) report.fail("there is nothing to report on: no file has rules", kPolicyAtFault);
  return reviews;
}

// Tests that fail stand on the page, and are no failure of the report.
page::Page pageOf(const Reviews& reviews, const btf::TargetSet& targets, Report& report) {
  page::Page page{"lsmpc " LSMPC_VERSION, {}};
  for (const auto& review : reviews) {
    review->tests = testOne(review->subject, targets, report);
    if (report.failure() != kDone) break;
    page.policies.push_back(policyOf(*review, report.sources));
  }
  return page;
}

// What the page says, in a line.
std::string summaryOf(const page::Page& page) {
  size_t rules = 0, findings = 0, tests = 0, failed = 0, count = page.policies.size();
  for (const page::Policy& policy : page.policies) {
    rules += page::rulesOf(policy), findings += policy.findings.size();
    tests += policy.tests.size(), failed += page::failedOf(policy);
  }
  std::string text =
      std::to_string(count) + (count == 1 ? " policy, " : " policies, ") + counted(rules, "rule") + ", " + counted(findings, "finding");
  if (failed) return text + ", " + std::to_string(failed) + " of " + counted(tests, "test") + " failed";
  return text + (tests ? ", " + counted(tests, "test") + " passed" : ", no tests");
}

}  // namespace

int runReport(const Command& self, const Arguments& arguments) {
  Options options(self);
  options.named().add_options()("output,o", po::value<std::string>()->default_value("report.html")->value_name("FILE"),
                                "write the page there; -: to standard output");
  options.addTargets();
  if (!options.parse(arguments)) return options.exitCode();
  auto sources = findSources(options.positional());
  if (!sources) return kEnvironment;
  auto targets = openTargets(options.targets(), sources->folder);
  if (!targets) return kEnvironment;
  reserveHeap(sources->files);
  Report report;
  Reviews reviews = reviewsOf(sources->files, *targets, report);
  if (!report.isClean()) return report.show(Format::Text);
  page::Page page = pageOf(reviews, *targets, report);
  if (report.failure() != kDone) return report.failure();
  const std::string& output = options.values()["output"].as<std::string>();
  if (!writeOutput(output, page::render(page))) return kEnvironment;
  (output == "-" ? std::cerr : std::cout) << output << ": " << summaryOf(page) << "\n";
  return kDone;
}

}  // namespace lsmpc::driver
