// The fields of events, as conditions name them, and their types.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/match/pattern.h"

namespace lsmpc::runtime {

enum class WhereType : uint8_t {
#define LSMPC_WHERE_TYPE(name, form, what, example, least, most, operators) name,
#include "runtime/where_types.def"
};

// How a value stands in JSON. `Bytes` are as runtime/printable.h makes them; a `Mark` is there only where it is true.
enum class WhereForm : uint8_t { Number, Flag, Mark, Time, Address, Text, Bytes };

struct WhereTypeInfo {
  WhereForm form;
  std::string_view what, example;
  int64_t least, most;
  std::string_view operators;

  bool takes(std::string_view op) const;
};

struct WhereField {
  std::string_view name, other_name;
  WhereType type;
  std::string_view place;  // a JSON pointer; empty: each of the object's paths

  match::Alphabet alphabet() const { return type == WhereType::Path ? match::Alphabet::Path : match::Alphabet::String; }
};

const WhereTypeInfo& infoOf(WhereType type);
// By either name.
const WhereField* fieldNamed(std::string_view name);
std::vector<std::string> fieldNames();

// The number that a name stands for: AF_INET, CAP_SYS_ADMIN, SIGTERM.
std::optional<int64_t> constantOf(WhereType type, std::string_view name);
// All names that there are for values of the type; empty: any.
std::vector<std::string> namesOf(WhereType type);

}  // namespace lsmpc::runtime
