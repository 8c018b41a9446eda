#include "runtime/set_text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "runtime/integer.h"
#include "runtime/message.h"
#include "runtime/network.h"
#include "runtime/set_entry.h"

namespace lsmpc::runtime {
namespace {

[[noreturn]] void refuse(const std::string& type, const std::string& text, const std::string& why) {
  throw Failure(Message::NoElement, {text, type, why});
}

// Of the language, with a minus sign for an `int`.
bool parseNumber(std::string_view text, uint64_t& number) {
  bool negative = text.starts_with("-");
  text.remove_prefix(negative);
  auto integer = integerOf(text);
  if (!integer || (negative && *integer > uint64_t{1} << 63)) return false;
  number = negative ? -*integer : *integer;
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

std::string networkElement(const std::string& type, const std::string& text) {
  auto [network, fault] = networkOf(text);
  if (!network) refuse(type, text, fault);
  if (type == "ip" && text.find('/') != std::string::npos) refuse(type, text, "it is a network, not an address");
  return static_cast<char>(network->prefix) + std::string(network->address.begin(), network->address.end());
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

std::string networkText(const std::string& element) {
  Network network;
  network.prefix = static_cast<unsigned char>(element[0]);
  std::copy(element.begin() + 1, element.end(), network.address.begin());
  return textOf(network);
}

}  // namespace

std::string elementOf(const std::string& type, const std::string& text, Accounts& accounts) {
  if (text.find('\0') != std::string::npos) refuse(type, text, "it has a NUL");
  for (const NumberType& one : kNumberTypes)
    if (type == one.type) return numberOf(one, text, accounts);
  return type == "ip" || type == "cidr" ? networkElement(type, text) : stringOf(type, text);
}

std::string textOfElement(const std::string& type, const std::string& element) {
  if (type == "ip" || type == "cidr") return element.size() == 1 + Network::kBits / 8 ? networkText(element) : "";
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
