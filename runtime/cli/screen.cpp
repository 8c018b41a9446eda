#include "runtime/cli/screen.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "runtime/columns.h"

namespace lsmpc::cli {
namespace {

constexpr std::string_view kEnter = "\x1b[?1049h\x1b[?25l", kLeave = "\x1b[?25h\x1b[?1049l";
// A line is cleared before it is written: behind its last column a terminal would clear that.
constexpr std::string_view kHome = "\x1b[H", kClearLine = "\x1b[2K", kLineEnd = "\r\n", kClearBelow = "\x1b[J";

bool put(std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

winsize sizeOfTerminal() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_row || !size.ws_col) size = {24, 80, 0, 0};
  return size;
}

}  // namespace

Screen::Screen() { enter(); }
Screen::~Screen() { leave(); }

void Screen::enter() {
  if (!entered_) keys_ = tcgetattr(STDIN_FILENO, &before_) == 0;
  entered_ = true;
  termios now = before_;
  now.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  if (keys_) tcsetattr(STDIN_FILENO, TCSADRAIN, &now);
  put(kEnter);
}

void Screen::leave() {
  if (!entered_) return;
  entered_ = false;
  put(kLeave);
  if (keys_) tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
}

// The last row stays empty, so that nothing scrolls.
bool Screen::show(const std::string& frame) {
  winsize size = sizeOfTerminal();
  std::string bytes(kHome);
  std::string_view rest = frame;
  for (unsigned row = 1; row < size.ws_row && !rest.empty(); ++row) {
    size_t end = rest.find('\n');
    bytes += std::string(kClearLine) + runtime::firstColumns(rest.substr(0, end), size.ws_col) + std::string(kLineEnd);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return put(bytes + std::string(kClearBelow));
}

}  // namespace lsmpc::cli
