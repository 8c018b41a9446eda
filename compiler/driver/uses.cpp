#include "compiler/driver/uses.h"

#include <nlohmann/json.hpp>

#include "compiler/driver/recorded.h"
#include "runtime/event_log.h"
#include "runtime/printable.h"

namespace lsmpc::driver {
namespace {

using runtime::EventLine;

constexpr const char* kExec = "bprm_check_security";
constexpr size_t kNameBytes = 15;  // of a process's name (TASK_COMM_LEN)

// What a rule can ask for again.
struct Asked {
  const char* attribute;
  const char* place;
  bool path;
};
constexpr Asked kAsked[] = {
    {"path", "/object/path", true},      {"old_path", "/object/old_path", true}, {"new_path", "/object/new_path", true},
    {"family", "/object/family", false}, {"addr", "/object/addr", false},        {"port", "/object/port", false},
    {"signal", "/object/signal", false}, {"cap", "/object/cap", false},
};

suggest::Use useOf(const EventLine& line, const std::string& hook) {
  suggest::Use use{.hook = hook};
  for (const Asked& asked : kAsked) {
    const EventLine* value = memberOf(line, asked.place);
    if (!value) continue;
    if (asked.path)
      use.paths[asked.attribute] = runtime::bytesOf(value->is_string() ? value->get<std::string>() : "");
    else
      use.values[asked.attribute] = value->is_string() ? value->get<std::string>() : value->dump();
  }
  use.without_path = memberOf(line, "/object/path_unresolved") != nullptr;
  return use;
}

}  // namespace

Uses usesOf(const std::string& events, std::map<std::string, std::string> programs) {
  Uses result;
  std::vector<std::pair<std::string, suggest::Use>> seen;  // with the name of the process
  auto take = [&](const EventLine& line) {
    std::string hook = wordOf(line, "/hook"), name = runtime::bytesOf(wordOf(line, "/process/comm"));
    if (hook.empty()) return;
    ++result.events;
    seen.push_back({name, useOf(line, hook)});
    if (hook != kExec) return;
    const std::string& path = seen.back().second.paths["path"];
    programs.try_emplace(path.substr(path.rfind('/') + 1).substr(0, kNameBytes), path);
  };
  result.left_out = runtime::readLog({events, "", {}}, take, [&](const std::string& path, uint64_t number) {
    if (result.first_left_out.empty()) result.first_left_out = path + ":" + std::to_string(number);
  });
  for (auto& [name, use] : seen) {
    auto program = programs.find(name);
    if (program == programs.end()) {
      if (use.hook != kExec) ++result.unknown[name];
      continue;
    }
    use.program = program->second;
    result.uses.push_back(std::move(use));
  }
  return result;
}

}  // namespace lsmpc::driver
