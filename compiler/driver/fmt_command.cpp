#include <algorithm>
#include <iostream>

#include "compiler/driver/canonical.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/options.h"
#include "compiler/driver/replace_file.h"
#include "compiler/driver/sources.h"
#include "compiler/parse/parse.h"

namespace lsmpc::driver {
namespace {

constexpr std::string_view kStandardInput = "<stdin>";  // in messages

Exit formatOne(const std::string& path, bool check) {
  auto text = readFile(path, parse::kMaxFileBytes + 1);  // one byte more tells parse that it is too large
  if (!text) return kEnvironment;
  Formatted result = canonical(path, *text);
  if (result.exit != kDone || result.text == *text) return result.exit;
  if (check) {
    std::cout << path << "\n";
    return kPolicyAtFault;
  }
  if (auto wrong = replaceFile(path, *text, result.text)) {
    std::cerr << "lsmpc: cannot write `" << path << "`: " << *wrong << "\n";
    return kEnvironment;
  }
  std::cout << "formatted " << path << "\n";
  return kDone;
}

Exit formatInput(bool check) {
  std::string path(kStandardInput), text;
  char part[16384];
  while (std::cin && text.size() <= parse::kMaxFileBytes) {
    std::cin.read(part, sizeof part);
    text.append(part, static_cast<size_t>(std::cin.gcount()));
  }
  if (std::cin.bad()) {
    std::cerr << "lsmpc: cannot read standard input\n";
    return kEnvironment;
  }
  Formatted result = canonical(path, text);
  if (result.exit != kDone) return result.exit;
  if (check && result.text != text) std::cout << path << "\n";
  if (check) return result.text == text ? kDone : kPolicyAtFault;
  if (std::cout << result.text << std::flush) return kDone;
  std::cerr << "lsmpc: cannot write standard output\n";
  return kEnvironment;
}

}  // namespace

int runFmt(const Command& self, const Arguments& arguments) {
  Options options(self);
  options.named().add_options()("check", "name the files that are not canonical, write nothing; exit code 1 where there is one");
  if (!options.parse(arguments)) return options.exitCode();
  bool check = options.values().count("check") != 0;
  const auto& named = options.positional();
  if (std::find(named.begin(), named.end(), "-") != named.end())
    return named.size() == 1 ? formatInput(check) : options.usage("`-` stands alone");
  auto sources = findSources(named);
  if (!sources) return kEnvironment;
  Exit exit = kDone;
  for (const std::string& path : sources->files) exit = std::max(exit, formatOne(path, check));  // one file's errors stop no other
  return exit;
}

}  // namespace lsmpc::driver
