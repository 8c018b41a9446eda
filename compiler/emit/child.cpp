#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "compiler/emit/guard.h"

namespace lsmpc::emit {
namespace {

bool writeAll(int fd, const std::string& bytes) {
  for (size_t at = 0; at < bytes.size();) {
    ssize_t count = write(fd, bytes.data() + at, bytes.size() - at);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    at += static_cast<size_t>(count);
  }
  return true;
}

std::string readAll(int fd) {
  std::string bytes;
  char buffer[65536];
  for (;;) {
    ssize_t count = read(fd, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return bytes;
    bytes.append(buffer, static_cast<size_t>(count));
  }
}

// One letter before what comes: `+` output, `-` why there is none, `!` how it died.
[[noreturn]] void child(int fd, const Work& work) {
  WorkResult result = runGuarded(work);
  bool written = writeAll(fd, result.output ? "+" + *result.output : (result.died ? "!" : "-") + result.wrong);
  _exit(written ? 0 : 1);
}

}  // namespace

WorkResult runInChild(const Work& work) {
  int ends[2];
  if (pipe(ends) != 0) return {std::nullopt, std::string("no pipe: ") + std::strerror(errno), true};
  pid_t pid = fork();
  if (pid < 0) {
    close(ends[0]);
    close(ends[1]);
    return {std::nullopt, std::string("no process: ") + std::strerror(errno), true};
  }
  if (pid == 0) child(ends[1], work);
  close(ends[1]);
  std::string bytes = readAll(ends[0]);
  close(ends[0]);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  if (status != 0 || bytes.empty()) {
    std::string why =
        WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status)) : "exit code " + std::to_string(WEXITSTATUS(status));
    return {std::nullopt, "the code generator ended with " + why, true};
  }
  if (bytes[0] == '+') return {bytes.substr(1), "", false};
  return {std::nullopt, bytes.substr(1), bytes[0] == '!'};
}

}  // namespace lsmpc::emit
