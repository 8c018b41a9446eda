#include "runtime/where_field.h"

#include <linux/capability.h>
#include <sys/socket.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <iterator>

#include "runtime/events.h"

namespace lsmpc::runtime {
namespace {

constexpr int kMaxErrno = 133;  // EHWPOISON

constexpr WhereField kFields[] = {
#define LSMPC_WHERE_FIELD(name, other_name, type, place) {name, other_name, WhereType::type, place},
#include "runtime/where_fields.def"
};

constexpr WhereTypeInfo kTypes[] = {
#define LSMPC_WHERE_TYPE(name, form, what, example, least, most, operators) {WhereForm::form, what, example, least, most, operators},
#include "runtime/where_types.def"
};

struct Constant {
  WhereType type;
  std::string_view name;
  int64_t value;
};
constexpr Constant kConstants[] = {
#define LSMPC_WHERE_CONSTANT(type, name) {WhereType::type, #name, name},
#include "runtime/where_constants.def"
};

std::string signalName(int number) {
  const char* name = sigabbrev_np(number);
  return name ? std::string("SIG") + name : "";
}

std::vector<std::string> errnoNames() {
  std::vector<std::string> names{"EWOULDBLOCK", "EDEADLOCK", "ENOTSUP"};  // which have another name, too
  for (int error = 1; error <= kMaxErrno; ++error)
    if (const char* name = strerrorname_np(error)) names.emplace_back(name);
  return names;
}

}  // namespace

bool WhereTypeInfo::takes(std::string_view op) const {
  std::string all = " " + std::string(operators) + " ";
  return all.find(" " + std::string(op) + " ") != std::string::npos;
}

const WhereTypeInfo& infoOf(WhereType type) { return kTypes[static_cast<size_t>(type)]; }

const WhereField* fieldNamed(std::string_view name) {
  auto named = [&](const WhereField& field) { return field.name == name || (!field.other_name.empty() && field.other_name == name); };
  auto found = std::find_if(std::begin(kFields), std::end(kFields), named);
  return found == std::end(kFields) ? nullptr : found;
}

std::vector<std::string> fieldNames() {
  std::vector<std::string> names;
  for (const WhereField& field : kFields)
    for (std::string_view name : {field.name, field.other_name})
      if (!name.empty()) names.emplace_back(name);
  return names;
}

std::optional<int64_t> constantOf(WhereType type, std::string_view name) {
  for (const Constant& constant : kConstants)
    if (constant.type == type && constant.name == name) return constant.value;
  for (int number = 1; type == WhereType::Signal && number < NSIG; ++number)
    if (name == signalName(number)) return number;
  return std::nullopt;
}

std::vector<std::string> namesOf(WhereType type) {
  if (type == WhereType::Verdict) return {std::begin(kVerdictNames), std::end(kVerdictNames)};
  if (type == WhereType::Errno) return errnoNames();
  std::vector<std::string> names;
  for (const Constant& constant : kConstants)
    if (constant.type == type) names.emplace_back(constant.name);
  for (int number = 1; type == WhereType::Signal && number < NSIG; ++number)
    if (std::string name = signalName(number); !name.empty()) names.push_back(name);
  return names;
}

}  // namespace lsmpc::runtime
