// What the host's side tells its user. Every message is in messages.def with its code, exit code and way out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lsmpc::runtime {

enum class Message {
#define LSMPC_RUNTIME_MESSAGE(code, name, exit, text, hint) name,
#include "runtime/messages.def"
};

struct Problem {
  Message message;
  std::vector<std::string> arguments;
  std::string detail;  // shown as it is under the message: the verifier's words
};

std::string_view codeOf(Message message);
int exitOf(Message message);
std::string textOf(const Problem& problem);
std::string hintOf(const Problem& problem);

// Thrown where an operation cannot go on; what it had begun is undone by destructors. Never empty.
class Failure {
 public:
  explicit Failure(std::vector<Problem> problems) : problems_(std::move(problems)) {}
  Failure(Message message, std::vector<std::string> arguments, std::string detail = {})
      : problems_{{message, std::move(arguments), std::move(detail)}} {}
  const std::vector<Problem>& problems() const { return problems_; }
  int exitCode() const;

 private:
  std::vector<Problem> problems_;
};

// `strerror` of a positive or negative errno.
std::string errorText(int error);

}  // namespace lsmpc::runtime
