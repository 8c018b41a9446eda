#include "runtime/origin.h"

namespace lsmpc::runtime {

std::string textOf(const std::optional<Origin>& origin) {
  if (!origin) return "is in force, but where it came from cannot be read";
  return origin->folder.empty() ? "was loaded by hand" : "was applied from `" + origin->folder + "`";
}

nlohmann::ordered_json originJson(const std::optional<Origin>& origin) {
  if (!origin) return nullptr;
  if (origin->folder.empty()) return {{"by", "hand"}};
  return {{"by", "apply"}, {"folder", origin->folder}};
}

Origin originOf(const nlohmann::json& json) { return {json.value("folder", std::string())}; }

}  // namespace lsmpc::runtime
