#include "runtime/cli/problems.h"

#include <iostream>

namespace lsmpc::cli {

using Json = nlohmann::ordered_json;

namespace {

void tellJson(const runtime::Failure& failure) {
  Json all = {{"schema", "lsmp-problems"}, {"version", 1}, {"exit", failure.exitCode()}, {"problems", problemsJson(failure.problems())}};
  std::cerr << all.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
}

void tellText(const std::string& program, const runtime::Problem& problem) {
  std::cerr << program << (runtime::exitOf(problem.message) ? ": error[" : ": warning[") << runtime::codeOf(problem.message)
            << "]: " << runtime::textOf(problem) << "\n";
  if (!problem.detail.empty()) std::cerr << problem.detail << (problem.detail.back() == '\n' ? "" : "\n");
  if (std::string hint = runtime::hintOf(problem); !hint.empty()) std::cerr << "  help: " << hint << "\n";
}

}  // namespace

Json problemsJson(const std::vector<runtime::Problem>& problems) {
  Json list = Json::array();
  for (const runtime::Problem& problem : problems)
    list.push_back({{"code", runtime::codeOf(problem.message)},
                    {"text", runtime::textOf(problem)},
                    {"help", runtime::hintOf(problem)},
                    {"detail", problem.detail}});
  return list;
}

void warn(const std::string& program, const std::vector<runtime::Problem>& warnings) {
  for (const runtime::Problem& warning : warnings) tellText(program, warning);
}

int tell(const std::string& program, bool json, const runtime::Failure& failure) {
  std::cout.flush();
  if (json)
    tellJson(failure);
  else
    for (const runtime::Problem& problem : failure.problems()) tellText(program, problem);
  return failure.exitCode();
}

}  // namespace lsmpc::cli
