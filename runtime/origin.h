// Where a policy in force came from. It stands in the notes of its generation, so it comes into force with it and goes with it.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace lsmpc::runtime {

struct Origin {
  std::string folder;  // of `apply`, canonical; empty: loaded by hand

  bool operator==(const Origin&) const = default;
};

// was applied from `/etc/lsmp`. Nothing: it cannot be read.
std::string textOf(const std::optional<Origin>& origin);

// {"by":"apply","folder":"/etc/lsmp"}, {"by":"hand"}; null: it cannot be read.
nlohmann::ordered_json originJson(const std::optional<Origin>& origin);
// Throws nlohmann::json::exception.
Origin originOf(const nlohmann::json& json);

}  // namespace lsmpc::runtime
