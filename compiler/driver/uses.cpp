#include "compiler/driver/uses.h"

#include <arpa/inet.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <set>

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

// A log is text that others may have written: nothing of it becomes a policy's but what is a hook's name, a number, an address.
bool isHookName(const std::string& text) {
  return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
}

std::string literalOf(const EventLine& value) {
  if (value.is_number_integer()) return value.dump();
  std::string text = value.is_string() ? value.get<std::string>() : "";
  in6_addr address;
  bool is_address = inet_pton(AF_INET, text.c_str(), &address) == 1 || inet_pton(AF_INET6, text.c_str(), &address) == 1;
  return is_address && text.find('\0') == std::string::npos ? text : "";
}

// Nothing where the line is no event as a host writes it: a rule without what it says would permit more.
std::optional<suggest::Use> useOf(const EventLine& line, const std::string& hook) {
  suggest::Use use{.hook = hook};
  for (const Asked& asked : kAsked) {
    const EventLine* value = memberOf(line, asked.place);
    if (!value) continue;
    if (asked.path && value->is_string())
      use.paths[asked.attribute] = runtime::bytesOf(value->get<std::string>());
    else if (asked.path)
      return std::nullopt;
    else if (std::string literal = literalOf(*value); !literal.empty())
      use.values[asked.attribute] = literal;
    else
      return std::nullopt;
  }
  use.without_path = memberOf(line, "/object/path_unresolved") != nullptr;
  return use;
}

struct Seen {
  std::string process;             // its name
  std::optional<std::string> exe;  // empty: of no file
  suggest::Use use;
};

std::optional<std::string> exeOf(const EventLine& line) {
  const EventLine* exe = memberOf(line, "/process/exe");
  return exe && exe->is_string() ? std::optional(runtime::bytesOf(exe->get<std::string>())) : std::nullopt;
}

}  // namespace

Uses usesOf(const std::string& events, std::map<std::string, std::string> programs) {
  Uses result;
  std::vector<Seen> seen;
  size_t wrong = 0;
  auto take = [&](const EventLine& line) {
    std::string hook = wordOf(line, "/hook"), name = runtime::bytesOf(wordOf(line, "/process/comm"));
    if (hook.empty()) return;
    auto use = isHookName(hook) ? useOf(line, hook) : std::nullopt;
    if (!use) return static_cast<void>(++wrong);
    ++result.events;
    seen.push_back({name, exeOf(line), std::move(*use)});
    if (hook != kExec) return;
    const std::string& path = seen.back().use.paths["path"];
    programs.try_emplace(path.substr(path.rfind('/') + 1).substr(0, kNameBytes), path);
  };
  result.left_out = runtime::readLog({events, "", {}}, take, [&](const std::string& path, uint64_t number) {
    if (result.first_left_out.empty()) result.first_left_out = path + ":" + std::to_string(number);
  });
  result.left_out += wrong;
  std::set<std::string> of_interest;  // who executes them is only where another event is of it, too
  for (auto& [name, exe, use] : seen) {
    auto program = programs.find(name);
    if (!exe && program != programs.end()) exe = program->second;
    if (exe && use.hook != kExec) of_interest.insert(*exe);
  }
  for (const auto& [name, program] : programs) of_interest.insert(program);
  for (auto& [name, exe, use] : seen) {
    if (exe && !exe->empty() && of_interest.contains(*exe)) {
      use.program = *exe;
      result.uses.push_back(std::move(use));
    } else if (use.hook != kExec) {
      ++result.unknown[name];
    }
  }
  return result;
}

}  // namespace lsmpc::driver
