#include "runtime/accounts.h"

#include <cerrno>
#include <charconv>
#include <fstream>
#include <sstream>

#include "runtime/message.h"

namespace lsmpc::runtime {
namespace {

constexpr const char *kUsers = "/etc/passwd", *kGroups = "/etc/group";
constexpr uint32_t kNoId = ~0u;  // (uid_t)-1, the kernel's sign for none

// The next part of `text` before `end`, which is taken away with it.
std::string_view nextPart(std::string_view& text, char end) {
  size_t length = text.find(end);
  std::string_view part = text.substr(0, length);
  text.remove_prefix(length == std::string_view::npos ? text.size() : length + 1);
  return part;
}

std::optional<uint32_t> idFrom(std::string_view digits) {
  uint32_t id = kNoId;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
  bool whole = error == std::errc() && end == digits.data() + digits.size();
  return whole && id != kNoId ? std::optional(id) : std::nullopt;
}

std::string readFile(const char* path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  if (in && in.peek() != std::ifstream::traits_type::eof()) out << in.rdbuf();
  if (!in || in.bad()) throw Failure(Message::FileUnreadable, {path, errorText(errno)});
  return out.str();
}

}  // namespace

std::optional<uint32_t> idOf(std::string_view account_file, std::string_view name) {
  while (!account_file.empty()) {
    std::string_view line = nextPart(account_file, '\n');
    if (nextPart(line, ':') != name) continue;
    nextPart(line, ':');  // the password
    return idFrom(nextPart(line, ':'));
  }
  return std::nullopt;
}

std::optional<uint32_t> Accounts::user(const std::string& name) {
  if (!users_) users_ = readFile(kUsers);
  return idOf(*users_, name);
}

std::optional<uint32_t> Accounts::group(const std::string& name) {
  if (!groups_) groups_ = readFile(kGroups);
  return idOf(*groups_, name);
}

}  // namespace lsmpc::runtime
