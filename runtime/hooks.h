// A manifest's hooks against a kernel's types.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/manifest.h"
#include "runtime/message.h"

struct btf;

namespace lsmpc::runtime {

// Names of the hook's arguments on this kernel; nothing where it has no such hook.
std::optional<std::vector<std::string>> kernelArguments(const btf& types, const std::string& hook);

// Which hooks are to be loaded; `absent` names `if present` hooks that this kernel lacks. Every disagreement is in `problems`.
struct HookChoice {
  std::vector<std::string> absent;
  std::vector<Problem> problems;
};
// `kernel`: its name, for messages.
HookChoice chooseHooks(const Manifest& manifest, const btf& types, const std::string& kernel);

}  // namespace lsmpc::runtime
