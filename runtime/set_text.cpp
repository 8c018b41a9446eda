#include "runtime/set_text.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>

#include "runtime/message.h"
#include "runtime/set_entry.h"

namespace lsmpc::runtime {
namespace {

constexpr size_t kAddressBytes = 16, kMappedBits = 96;
constexpr unsigned char kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

[[noreturn]] void refuse(const std::string& type, const std::string& text, const std::string& why) {
  throw Failure(Message::NoElement, {text, type, why});
}

// Of the language: 42, 0x2a or 0o52, with a minus sign for an `int`.
bool parseNumber(std::string_view text, uint64_t& number) {
  bool negative = text.starts_with("-");
  text.remove_prefix(negative);
  int base = text.starts_with("0x") ? 16 : text.starts_with("0o") ? 8 : 10;
  if (base != 10) text.remove_prefix(2);
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return false;
  if (negative && number > uint64_t{1} << 63) return false;
  if (negative) number = -number;
  return true;
}

struct NumberType {
  const char* type;
  uint64_t most;
  std::optional<uint32_t> (Accounts::*account)(const std::string& name);
};
constexpr NumberType kNumberTypes[] = {
    {"int", UINT64_MAX, nullptr},          {"port", UINT16_MAX, nullptr}, {"uid", UINT32_MAX, &Accounts::user},
    {"gid", UINT32_MAX, &Accounts::group}, {"pid", INT32_MAX, nullptr},
};

std::string numberOf(const NumberType& type, const std::string& text, Accounts& accounts) {
  uint64_t number = 0;
  if (!parseNumber(text, number)) {
    auto id = type.account ? (accounts.*type.account)(text) : std::nullopt;
    if (!id)
      refuse(type.type, text, type.account ? "it is no number, and no name of this host" : "it is no number such as 42, 0x2a or 0o52");
    number = *id;
  }
  if (number > type.most) refuse(type.type, text, "the largest is " + std::to_string(type.most));
  std::string element(sizeof number, '\0');
  memcpy(element.data(), &number, sizeof number);
  return element;
}

// The prefix in bits of the mapped address.
size_t prefixOf(const std::string& type, const std::string& text, std::string_view digits, size_t before) {
  size_t prefix = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() || prefix > 8 * kAddressBytes - before)
    refuse(type, text, "a network's prefix is at most " + std::to_string(8 * kAddressBytes - before));
  return prefix + before;
}

std::string networkOf(const std::string& type, const std::string& text) {
  size_t slash = text.find('/'), prefix = 8 * kAddressBytes;
  std::string host = text.substr(0, slash);
  unsigned char address[kAddressBytes];
  memcpy(address, kMapped, sizeof kMapped);
  bool v4 = inet_pton(AF_INET, host.c_str(), address + sizeof kMapped) == 1;
  if (!v4 && inet_pton(AF_INET6, host.c_str(), address) != 1) refuse(type, text, "it is no address such as 10.0.0.1 or fd00::1");
  if (slash != std::string::npos && type == "ip") refuse(type, text, "it is a network, not an address");
  if (slash != std::string::npos) prefix = prefixOf(type, text, std::string_view(text).substr(slash + 1), v4 ? kMappedBits : 0);
  std::string element(1, static_cast<char>(prefix));
  for (size_t i = 0; i < kAddressBytes; ++i) {
    size_t kept = std::min<size_t>(8, prefix - std::min(prefix, i * 8));
    element += static_cast<char>(address[i] & (0xff00 >> kept));
  }
  return element;
}

// What the kernel can say of a file.
bool isResolved(std::string_view path) {
  if (path.empty() || path == "/") return true;
  if (path[0] != '/') return false;
  for (size_t begin = 1; begin <= path.size();) {
    size_t end = std::min(path.find('/', begin), path.size());
    std::string_view component = path.substr(begin, end - begin);
    if (component.empty() || component == "." || component == "..") return false;
    begin = end + 1;
  }
  return true;
}

std::string stringOf(const std::string& type, const std::string& text) {
  size_t longest = setKind(type).longest;
  if (text.size() > longest)
    refuse(type, text.substr(0, 60) + "…", "it has " + std::to_string(text.size()) + " bytes, more than " + std::to_string(longest));
  if (type == "path" && !isResolved(text))
    refuse(type, text, "paths are as the kernel has them: from `/` on, without `//`, `.`, `..` or a `/` at the end");
  return text;
}

std::string addressText(const std::string& element) {
  const char* address = element.data() + 1;
  size_t prefix = static_cast<unsigned char>(element[0]);
  bool v4 = !memcmp(address, kMapped, sizeof kMapped) && prefix >= kMappedBits;
  char text[INET6_ADDRSTRLEN];
  inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? address + sizeof kMapped : address, text, sizeof text);
  return text + (prefix == 8 * kAddressBytes ? "" : "/" + std::to_string(prefix - (v4 ? kMappedBits : 0)));
}

}  // namespace

std::string elementOf(const std::string& type, const std::string& text, Accounts& accounts) {
  if (text.find('\0') != std::string::npos) refuse(type, text, "it has a NUL");
  for (const NumberType& one : kNumberTypes)
    if (type == one.type) return numberOf(one, text, accounts);
  return type == "ip" || type == "cidr" ? networkOf(type, text) : stringOf(type, text);
}

std::string textOfElement(const std::string& type, const std::string& element) {
  if (type == "ip" || type == "cidr") return element.size() == 1 + kAddressBytes ? addressText(element) : "";
  if (type == "path" || type == "string") return element;
  uint64_t number = 0;
  memcpy(&number, element.data(), std::min(element.size(), sizeof number));
  return type == "int" ? std::to_string(static_cast<int64_t>(number)) : std::to_string(number);
}

bool comesBefore(const std::string& type, const std::string& element, const std::string& other) {
  if (type == "ip" || type == "cidr") return element.substr(1) + element[0] < other.substr(1) + other[0];
  if (type == "path" || type == "string") return element < other;
  return std::lexicographical_compare(element.rbegin(), element.rend(), other.rbegin(), other.rend(),
                                      [](char a, char b) { return static_cast<unsigned char>(a) < static_cast<unsigned char>(b); });
}

}  // namespace lsmpc::runtime
