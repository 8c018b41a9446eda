#include "runtime/cli/problems.h"

#include <iostream>
#include <nlohmann/json.hpp>

namespace lsmpc::cli {
namespace {

using Json = nlohmann::ordered_json;

void tellJson(const runtime::Failure& failure) {
  Json list = Json::array();
  for (const runtime::Problem& problem : failure.problems())
    list.push_back({{"code", runtime::codeOf(problem.message)},
                    {"text", runtime::textOf(problem)},
                    {"help", runtime::hintOf(problem)},
                    {"detail", problem.detail}});
  Json all = {{"schema", "lsmp-problems"}, {"version", 1}, {"exit", failure.exitCode()}, {"problems", list}};
  std::cerr << all.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
}

void tellText(const std::string& program, const runtime::Problem& problem) {
  std::cerr << program << ": error[" << runtime::codeOf(problem.message) << "]: " << runtime::textOf(problem) << "\n";
  if (!problem.detail.empty()) std::cerr << problem.detail << (problem.detail.back() == '\n' ? "" : "\n");
  if (std::string hint = runtime::hintOf(problem); !hint.empty()) std::cerr << "  help: " << hint << "\n";
}

}  // namespace

int tell(const std::string& program, bool json, const runtime::Failure& failure) {
  std::cout.flush();
  if (json)
    tellJson(failure);
  else
    for (const runtime::Problem& problem : failure.problems()) tellText(program, problem);
  return failure.exitCode();
}

}  // namespace lsmpc::cli
