#include "compiler/emit/apart.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace lsmpc::emit {
namespace {

constexpr char kOutput = 'o', kWrong = 'w';

[[noreturn]] void generate(const Generation& generation, int out) {
  std::string wrong;
  auto output = generation(wrong);
  std::string message = output ? kOutput + *output : kWrong + wrong;
  for (size_t at = 0; at < message.size();) {
    ssize_t written = write(out, message.data() + at, message.size() - at);
    if (written < 0 && errno != EINTR) _exit(1);
    if (written > 0) at += static_cast<size_t>(written);
  }
  _exit(0);
}

std::string readAll(int in) {
  std::string message;
  char buffer[65536];
  while (true) {
    ssize_t count = read(in, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return message;
    message.append(buffer, static_cast<size_t>(count));
  }
}

}  // namespace

std::optional<std::string> runApart(const Generation& generation, std::string& wrong) {
  int ends[2];
  if (pipe(ends)) return std::nullopt;
  pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    generate(generation, ends[1]);
  }
  close(ends[1]);
  std::string message = child < 0 ? "" : readAll(ends[0]);
  close(ends[0]);
  int status = 1;
  while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (status != 0 || message.empty()) return std::nullopt;
  if (message[0] == kOutput) return message.substr(1);
  wrong = message.substr(1);
  return std::nullopt;
}

}  // namespace lsmpc::emit
