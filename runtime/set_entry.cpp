#include "runtime/set_entry.h"

#include <linux/bpf.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "runtime/abi/set_layout.h"

namespace lsmpc::runtime {
namespace {

constexpr size_t kHead = sizeof(lsmp_listed);

template <typename T>
std::string bytesOf(const T& object) {
  return std::string(reinterpret_cast<const char*>(&object), sizeof object);
}

template <typename T>
T objectOf(const std::string& bytes) {
  T object{};
  memcpy(&object, bytes.data(), std::min(bytes.size(), sizeof object));
  return object;
}

SetEntry numberEntry(const std::string& element, size_t value_size) { return {element, std::string(value_size, '\0')}; }
std::string numberElement(const SetEntry& entry) { return entry.key; }

SetEntry networkEntry(const std::string& element, size_t) {
  lsmp_network_key key{};
  if (element.size() == 1 + sizeof key.address) {
    key.prefix = static_cast<unsigned char>(element[0]);
    memcpy(key.address, element.data() + 1, sizeof key.address);
  }
  return {bytesOf(key), bytesOf(lsmp_listed_network{.until = 0, .prefix = key.prefix, .unused = 0})};
}

std::string networkElement(const SetEntry& entry) {
  auto key = objectOf<lsmp_network_key>(entry.key);
  return static_cast<char>(key.prefix) + std::string(reinterpret_cast<const char*>(key.address), sizeof key.address);
}

SetEntry stringEntry(const std::string& element, size_t value_size) {
  uint64_t hash = lsmp_hashed(element.data(), element.size(), 0);
  std::string value = bytesOf(lsmp_listed{.until = 0, .length = static_cast<unsigned>(element.size()), .unused = 0}) + element;
  value.resize(value_size);
  return {bytesOf(hash), value};
}

std::string stringElement(const SetEntry& entry) {
  size_t length = objectOf<lsmp_listed>(entry.value).length;
  return entry.value.size() < kHead ? "" : entry.value.substr(kHead, length);
}

constexpr SetKind kKinds[] = {
    {"path", stringEntry, stringElement, BPF_MAP_TYPE_HASH, 8, kHead + LSMP_LISTED_BYTES, LSMP_LISTED_BYTES, 0},
    {"string", stringEntry, stringElement, BPF_MAP_TYPE_HASH, 8, kHead + LSMP_SHORT_LISTED_BYTES, LSMP_SHORT_LISTED_BYTES, 0},
    {"ip", networkEntry, networkElement, BPF_MAP_TYPE_LPM_TRIE, sizeof(lsmp_network_key), sizeof(lsmp_listed_network), 17, 17},
    {"cidr", networkEntry, networkElement, BPF_MAP_TYPE_LPM_TRIE, sizeof(lsmp_network_key), sizeof(lsmp_listed_network), 17, 17},
    {"", numberEntry, numberElement, BPF_MAP_TYPE_HASH, 8, sizeof(uint64_t), 8, 8},
};

}  // namespace

const SetKind& setKind(const std::string& type) {
  for (const SetKind& kind : kKinds)
    if (type == kind.type) return kind;
  return kKinds[std::size(kKinds) - 1];
}

uint64_t untilOf(const SetEntry& entry) { return objectOf<uint64_t>(entry.value); }

bool isElement(const SetEntry& entry, uint64_t now) { return untilOf(entry) == 0 || now < untilOf(entry); }

void endAt(SetEntry& entry, uint64_t until) { memcpy(entry.value.data(), &until, sizeof until); }

}  // namespace lsmpc::runtime
