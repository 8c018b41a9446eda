#include "runtime/message.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace lsmpc::runtime {
namespace {

struct Entry {
  std::string_view code;
  int exit;
  std::string_view text, hint;
};

constexpr Entry kEntries[] = {
#define LSMPC_RUNTIME_MESSAGE(code, name, exit, text, hint) {#code, exit, text, hint},
#include "runtime/messages.def"
};

const Entry& entryOf(Message message) { return kEntries[static_cast<size_t>(message)]; }

std::string filled(std::string_view text, const std::vector<std::string>& arguments) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    bool slot = text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}';
    size_t index = slot ? static_cast<size_t>(text[i + 1] - '0') : 0;
    if (!slot || index >= arguments.size()) {
      out += text[i];
      continue;
    }
    out += arguments[index];
    i += 2;
  }
  return out;
}

}  // namespace

std::string_view codeOf(Message message) { return entryOf(message).code; }
int exitOf(Message message) { return entryOf(message).exit; }
std::string textOf(const Problem& problem) { return filled(entryOf(problem.message).text, problem.arguments); }
std::string hintOf(const Problem& problem) { return filled(entryOf(problem.message).hint, problem.arguments); }

// The environment's fault outweighs the policy's: nothing said about the policy is sure on such a host.
int Failure::exitCode() const {
  int result = exitOf(problems_.front().message);
  for (const Problem& problem : problems_) result = std::max(result, exitOf(problem.message));
  return result;
}

std::string errorText(int error) { return std::strerror(std::abs(error)); }

}  // namespace lsmpc::runtime
