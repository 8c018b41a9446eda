// What a load has looked up on the host, in documents and in what a load notes of itself.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "runtime/fill.h"

namespace lsmpc::runtime {

inline nlohmann::ordered_json filledJson(const std::vector<FilledNote>& filled) {
  auto list = nlohmann::ordered_json::array();
  for (const FilledNote& note : filled) list.push_back({{"text", note.text}, {"value", note.value}});
  return list;
}

}  // namespace lsmpc::runtime
