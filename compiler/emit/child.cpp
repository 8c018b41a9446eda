#include "compiler/emit/child.h"

#include <llvm/Support/ErrorHandling.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

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

// One letter before what comes: `+` output, `-` why there is none.
[[noreturn]] void child(int fd, const std::function<std::optional<std::string>(std::string&)>& work) {
  // What LLVM cannot encode it calls fatal; for the author it is a policy that is too large.
  llvm::install_fatal_error_handler([](void* end, const char* reason, bool) {
    _exit(writeAll(*static_cast<int*>(end), std::string("-") + reason) ? 0 : 1);
  }, &fd);
  std::string wrong;
  auto output = work(wrong);
  bool written = writeAll(fd, output ? "+" + *output : "-" + wrong);
  _exit(written ? 0 : 1);
}

}  // namespace

ChildResult runInChild(const std::function<std::optional<std::string>(std::string& wrong)>& work) {
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
    std::string why = WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status)) : "exit code " + std::to_string(WEXITSTATUS(status));
    return {std::nullopt, "the code generator ended with " + why, true};
  }
  if (bytes[0] == '+') return {bytes.substr(1), "", false};
  return {std::nullopt, bytes.substr(1), false};
}

}  // namespace lsmpc::emit
