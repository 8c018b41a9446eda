#include "runtime/event_text.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "runtime/utf8.h"

namespace lsmpc::runtime {
namespace {

using Json = EventLine;

constexpr size_t kWidest = 40;
constexpr size_t kTimeToMilliseconds = 23;  // 2026-01-31T10:20:30.123

struct Range {
  char32_t first, last;
};
// Controls, marks that have no width, turns of direction, separators of lines.
constexpr Range kUnseen[] = {{0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},   {0x180e, 0x180e},
                             {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xe0000, 0xe007f}};

bool isUnseen(char32_t c) {
  return std::any_of(std::begin(kUnseen), std::end(kUnseen), [&](const Range& range) { return range.first <= c && c <= range.last; });
}

std::string hex(char32_t c) {
  char text[16];
  snprintf(text, sizeof text, "%02x", static_cast<unsigned>(c));
  return text;
}

size_t widthOf(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string valueOf(const Json& value) {
  return value.is_structured() ? "..." : shownWord(value.is_string() ? value.get<std::string>() : value.dump());
}

// A member as a word; empty where there is none.
std::string member(const Json& json, const char* name) {
  auto found = json.find(name);
  return found == json.end() ? "" : valueOf(*found);
}

bool is(const Json& json, const char* name, bool value) { return member(json, name) == (value ? "true" : "false"); }

std::string taskOf(const Json& task) { return member(task, "comm") + "[" + member(task, "pid") + "]"; }

std::string actorOf(const Json& event) {
  if (event.contains("process")) return taskOf(event["process"]) + " uid=" + member(event["process"], "uid");
  return event.contains("interrupted") ? "interrupted " + taskOf(event["interrupted"]) : "-";
}

std::string objectOf(const Json& event) {
  std::string text;
  if (!event.contains("object")) return text;
  for (const auto& [name, value] : event["object"].items()) {
    if (!text.empty()) text += name == "new_path" ? " -> " : " ";
    if (name == "target")
      text += "target=" + taskOf(value);
    else if (name == "path" || name == "old_path" || name == "new_path")
      text += valueOf(value);
    else
      text += shownWord(name) + "=" + valueOf(value);
  }
  return text;
}

// What the rule adds to the object: the error or signal, whatever is unusual, the rule's message.
std::string restOf(const Json& event) {
  std::string text;
  for (const char* name : {"errno", "signal"})
    if (std::string word = member(event, name); !word.empty()) text += "  " + word;
  if (is(event, "unresolved", true)) text += "  unresolved";
  if (is(event, "signalled", false)) text += "  not signalled";
  if (std::string word = member(event, "message"); !word.empty()) text += "  " + word;
  return text;
}

std::string verdictOf(const Json& event) {
  std::string verdict = member(event, "verdict");
  bool refuses = verdict == "deny" || verdict == "kill";
  return refuses && !is(event, "enforced", true) ? "would " + verdict : verdict;
}

std::string timeOf(const Json& event) {
  std::string time = member(event, "time");
  if (time.empty()) return "-";
  return time.size() > kTimeToMilliseconds && time.back() == 'Z' ? time.substr(0, kTimeToMilliseconds) + "Z" : time;
}

struct Colour {
  std::string_view verdict, code;
};
constexpr Colour kColours[] = {{"deny", "1;31"}, {"kill", "1;31"}, {"would deny", "33"}, {"would kill", "33"},
                               {"audit", "33"},  {"allow", "32"},  {"lost", "1;35"}};

std::string_view colourOf(std::string_view verdict) {
  for (const Colour& colour : kColours)
    if (colour.verdict == verdict) return colour.code;
  return "";
}

// Lines that tell of events that are not there.
std::string lossOf(const Json& event) {
  if (event.contains("lost"))
    return member(event, "lost") + " events since the load found the buffer full" +
           (event.contains("unreadable") ? ", " + member(event, "unreadable") + " could not be read" : "");
  if (event.contains("unwritten")) return member(event, "unwritten") + " events could not be written here";
  return "";
}

}  // namespace

std::string shownWord(std::string_view text) {
  std::string word;
  bool quoted = text.empty() || text.find_first_of(" \"'") != std::string_view::npos;
  for (size_t at = 0; at < text.size();) {
    Utf8Character next = firstCharacter(text.substr(at));
    if (!next.valid)
      word += "\\x" + hex(next.code);
    else if (isUnseen(next.code))
      word += next.code < 0x80 ? "\\x" + hex(next.code) : "\\u{" + hex(next.code) + "}";
    else if (quoted && next.code == '"')
      word += "\\\"";
    else
      word += text.substr(at, next.bytes);
    at += next.bytes;
  }
  return quoted ? "\"" + word + "\"" : word;
}

std::string EventText::line(const EventLine& event) {
  std::string loss = lossOf(event);
  std::string source = member(event, "source"), hook = member(event, "hook"), policy = member(event, "policy");
  std::array<std::string, kColumns> words{timeOf(event), loss.empty() ? verdictOf(event) : "lost", policy.empty() ? "-" : policy};
  if (!loss.empty()) return columns(words, 3) + loss;
  words[3] = source.empty() ? "-" : source;
  words[4] = hook.empty() ? "-" : hook;
  words[5] = actorOf(event);
  return columns(words, kColumns) + objectOf(event) + restOf(event);
}

std::string EventText::columns(const std::array<std::string, kColumns>& words, size_t count) {
  std::string text;
  for (size_t i = form_ == Form::Untimed ? 1 : 0; i < count; ++i) {
    std::string_view colour = i == 1 && form_ == Form::Coloured ? colourOf(words[i]) : "";
    text += colour.empty() ? words[i] : "\x1b[" + std::string(colour) + "m" + words[i] + "\x1b[0m";
    size_t width = widthOf(words[i]);
    widths_[i] = std::max(widths_[i], std::min(width, kWidest));
    text.append(form_ == Form::Untimed ? 1 : std::max(widths_[i], width) - width + 2, ' ');
  }
  return text;
}

}  // namespace lsmpc::runtime
