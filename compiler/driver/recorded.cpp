#include "compiler/driver/recorded.h"

#include <arpa/inet.h>

#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "runtime/printable.h"

namespace lsmpc::driver {
namespace {

using policy::Given;
using runtime::EventLine;

// By the attribute's name.
const std::map<std::string, std::string>& places() {
  static const std::map<std::string, std::string> kPlaces = [] {
    std::map<std::string, std::string> made;
#define LSMPC_WHERE_FIELD(name, attribute, type, place) \
  if (*attribute) made[attribute] = place;
#include "runtime/where_fields.def"
#define LSMPC_RECORDED(attribute, place) made[attribute] = place;
#include "compiler/driver/recorded_fields.def"
    return made;
  }();
  return kPlaces;
}

std::optional<ast::Address> addressOf(const std::string& text) {
  ast::Address address;
  if (inet_pton(AF_INET6, text.c_str(), address.bytes.data()) == 1) return address;
  address.bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  address.v4 = true;
  return inet_pton(AF_INET, text.c_str(), address.bytes.data() + 12) == 1 ? std::optional(address) : std::nullopt;
}

// Nothing where the line's value is none of the type.
policy::ExprPtr constantOf(const EventLine& value, const policy::Type& type) {
  auto made = std::make_shared<policy::Expr>();
  made->type = type;
  if (type.kind == policy::TypeKind::Int && value.is_number_integer()) {
    made->node = policy::IntConst{value.is_number_unsigned() ? policy::Int{value.get<uint64_t>()} : policy::Int{value.get<int64_t>()}};
    return made;
  }
  if (!value.is_string()) return nullptr;
  const auto& text = value.get_ref<const std::string&>();
  if (policy::isText(type)) {
    made->node = policy::StringConst{runtime::bytesOf(text)};
    return made;
  }
  auto address = type.kind == policy::TypeKind::Ip ? addressOf(text) : std::nullopt;
  if (!address) return nullptr;
  made->node = policy::IpConst{*address};
  return made;
}

// The path that the policy which recorded it could not have.
bool wasUnresolved(const EventLine& line, const std::string& attribute) {
  const EventLine* mark = memberOf(line, "/object/path_unresolved");
  return attribute == "path" && mark && *mark == true;
}

}  // namespace

const EventLine* memberOf(const EventLine& line, const std::string& place) {
  EventLine::json_pointer pointer(place);
  return line.contains(pointer) ? &line.at(pointer) : nullptr;
}

std::string wordOf(const EventLine& line, const std::string& place) {
  const EventLine* member = memberOf(line, place);
  return member && member->is_string() ? member->get<std::string>() : "";
}

std::vector<Given> givenOf(const EventLine& line, const policy::HookPolicy& hook) {
  std::vector<Given> given;
  for (uint32_t i = 0; i < hook.attributes.size(); ++i) {
    const policy::Attribute& attribute = hook.attributes[i];
    Given one;
    auto key = std::make_shared<policy::Expr>();
    key->type = attribute.type;
    key->node = policy::AttributeRef{i};
    one.key = key;
    auto place = places().find(attribute.name);
    const EventLine* value = place == places().end() ? nullptr : memberOf(line, place->second);
    policy::ExprPtr constant = value ? constantOf(*value, attribute.type) : nullptr;
    if (constant)
      one.values.push_back(std::move(constant));
    else if (wasUnresolved(line, attribute.name))
      one.presence = policy::Presence::Unresolved;
    else
      continue;
    given.push_back(std::move(one));
  }
  return given;
}

}  // namespace lsmpc::driver
