#include "compiler/policy/flags.h"

#include <algorithm>
#include <bit>

#include "stdlib/constants/constants.h"

namespace lsmpc::policy {
namespace {

struct Flag {
  std::string_view domain, name;
  uint64_t mask;
};
constexpr Flag kFlags[] = {
#define LSMPC_FLAG(domain, name, mask) {domain, name, mask},
#include "compiler/policy/flags.def"
};

struct Group {
  std::string_view domain, group;
  bool numbered;
};
constexpr Group kGroups[] = {
#define LSMPC_FLAG_GROUP(domain, group, numbered) {domain, group, numbered},
#include "compiler/policy/flags.def"
};

struct BitField {
  std::string_view domain;
  uint64_t mask;
  std::string_view hint;
};
constexpr BitField kBitFields[] = {
    {"open_flags", 3, "`access has read` and `access has write` say what an open asks for"},
    {"mode", 0170000, "compare `file.type` with `==`"},
};

uint64_t maskOf(const Group& group, const constants::Constant& constant) {
  return group.numbered ? uint64_t{1} << (constant.value & 63) : static_cast<uint64_t>(constant.value);
}

}  // namespace

bool isFlagsDomain(std::string_view domain) {
  for (const Flag& flag : kFlags)
    if (flag.domain == domain) return true;
  for (const Group& group : kGroups)
    if (group.domain == domain) return true;
  return false;
}

bool isFlagName(std::string_view name) {
  for (const Flag& flag : kFlags)
    if (flag.name == name) return true;
  return false;
}

std::optional<uint64_t> flagMask(std::string_view domain, std::string_view name) {
  for (const Flag& flag : kFlags)
    if (flag.domain == domain && flag.name == name) return flag.mask;
  const constants::Constant* constant = constants::find(name);
  for (const Group& group : kGroups)
    if (group.domain == domain && constant && constant->group == group.group) return maskOf(group, *constant);
  return std::nullopt;
}

std::vector<std::string> flagNames(std::string_view domain) {
  std::vector<std::string> names;
  for (const Flag& flag : kFlags)
    if (flag.domain == domain) names.emplace_back(flag.name);
  for (const Group& group : kGroups)
    for (const constants::Constant& constant : constants::all())
      if (group.domain == domain && constant.group == group.group) names.emplace_back(constant.name);
  return names;
}

// Names of many bits first: O_SYNC holds O_DSYNC.
std::string flagsText(std::string_view domain, uint64_t value) {
  std::vector<std::string> names = flagNames(domain);
  auto bitsOf = [&](const std::string& name) { return std::popcount(*flagMask(domain, name)); };
  std::stable_sort(names.begin(), names.end(), [&](const std::string& one, const std::string& other) { return bitsOf(one) > bitsOf(other); });
  std::string text;
  for (const std::string& name : names) {
    uint64_t mask = *flagMask(domain, name);
    if (mask == 0 || (value & mask) != mask) continue;
    text += (text.empty() ? "" : "|") + name;
    value &= ~mask;
  }
  return value == 0 && !text.empty() ? text : text + (text.empty() ? "" : "|") + std::to_string(value);
}

std::string notTestable(std::string_view domain, uint64_t mask) {
  for (const BitField& field : kBitFields)
    if (field.domain == domain && ((mask & field.mask) != 0 || mask == 0)) return std::string(field.hint);
  return mask == 0 ? "it is zero: compare with `==`" : "";
}

}  // namespace lsmpc::policy
