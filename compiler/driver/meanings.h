// What a word of the language, of the kernel or of our messages means: for `lsmpc explain`. A word may mean several things.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/btf/target_set.h"

namespace lsmpc::driver {

struct Meaning {
  std::string_view kind;  // message, hook, attribute, template, group, set, flag, constant, enumerator, function
  std::string text;       // lines, the last one ended
};

// Of the code of a message (docs/errors, or R… of the host's side).
std::vector<Meaning> meaningsOfCode(const std::string& word);
std::vector<Meaning> meaningsOf(const std::string& word, const btf::TargetSet& targets);
std::vector<std::string> namesWithMeaning(const btf::TargetSet& targets);

}  // namespace lsmpc::driver
