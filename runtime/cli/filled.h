// What a load has looked up on the host, in documents.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "runtime/fill.h"

namespace lsmpc::cli {

inline nlohmann::ordered_json filledJson(const std::vector<runtime::FilledNote>& filled) {
  auto list = nlohmann::ordered_json::array();
  for (const runtime::FilledNote& note : filled) list.push_back({{"text", note.text}, {"value", note.value}});
  return list;
}

}  // namespace lsmpc::cli
