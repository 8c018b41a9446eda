// An event as one line of JSON, in the order a reader looks: when, which rule, what it decided, who, on what.
#include <arpa/inet.h>

#include <cstring>
#include <ctime>
#include <nlohmann/json.hpp>

#include "runtime/boot_time.h"
#include "runtime/events.h"
#include "runtime/printable.h"

namespace lsmpc::runtime {
namespace {

using Json = EventLine;

std::string fixed(const char* bytes, size_t size) { return printable({bytes, strnlen(bytes, size)}); }

// Wall time of a boot-clock stamp, with nanoseconds, in UTC.
std::string wallTime(uint64_t boot_ns) {
  auto boot = static_cast<int64_t>(nanosecondsSinceBoot());
  timespec real{};
  clock_gettime(CLOCK_REALTIME, &real);
  int64_t at = static_cast<int64_t>(boot_ns) + real.tv_sec * kSecond + real.tv_nsec - boot;
  time_t seconds = at / kSecond;
  tm parts{};
  gmtime_r(&seconds, &parts);
  char text[64];
  size_t length = strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  snprintf(text + length, sizeof text - length, ".%09lldZ", static_cast<long long>(at % kSecond));
  return text;
}

std::string address(const uint8_t (&bytes)[16]) {
  static constexpr uint8_t kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  char text[INET6_ADDRSTRLEN];
  bool v4 = !memcmp(bytes, kMapped, sizeof kMapped);
  inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? bytes + 12 : bytes, text, sizeof text);
  return text;
}

Json object(const EventRecord& record, const std::string& hook) {
  const lsmp_event& head = record.head;
  bool two = hook == "path_rename" || hook == "path_link";
  Json result = Json::object();
  if (head.flags & LSMP_EVENT_PATH) result[two ? "old_path" : "path"] = printable(record.path);
  if (head.flags & LSMP_EVENT_PATH2) result["new_path"] = printable(record.path2);
  if (head.flags & LSMP_EVENT_PATH_UNRESOLVED) result["path_unresolved"] = true;
  if (head.flags & LSMP_EVENT_FAMILY) result["family"] = head.object.family;
  if (head.flags & LSMP_EVENT_ADDR) result["addr"] = address(head.object.addr);
  if (head.flags & LSMP_EVENT_PORT) result["port"] = head.object.port;
  if (head.flags & LSMP_EVENT_TARGET) result["target"] = {{"pid", head.object.target_pid}, {"comm", fixed(head.object.target_comm, 16)}};
  if (head.flags & LSMP_EVENT_SIGNAL) result["signal"] = head.object.signal;
  if (head.flags & LSMP_EVENT_CAP) result["cap"] = head.object.cap;
  return result;
}

Json process(const EventRecord& record, const std::string& container) {
  const lsmp_event& head = record.head;
  Json result = {{"pid", head.pid}, {"tid", head.tid}, {"uid", head.uid}, {"gid", head.gid}, {"comm", fixed(head.comm, 16)}};
  if (head.flags & LSMP_EVENT_EXE) result["exe"] = printable(record.exe);
  result["cgroup"] = head.cgroup;
  if (!container.empty()) result["container"] = container;
  result["parent"] = {{"pid", head.ppid}, {"comm", fixed(head.parent_comm, 16)}};
  return result;
}

const char* verdictName(uint32_t verdict) { return verdict < std::size(kVerdictNames) ? kVerdictNames[verdict] : "?"; }

bool refuses(uint32_t verdict) { return verdict == LSMP_VERDICT_DENY || verdict == LSMP_VERDICT_KILL; }

}  // namespace

EventLine eventLine(const LoadedPolicy& policy, const EventRecord& record, const std::string& container) {
  const lsmp_event& head = record.head;
  const Manifest& manifest = policy.manifest;
  std::string hook = head.hook < manifest.hooks.size() ? manifest.hooks[head.hook].name : "?";
  Json line = {{"v", 1}, {"time", wallTime(head.boot_ns)}, {"policy", policy.name}};
  if (head.rule < manifest.rules.size()) {
    const ManifestRule& rule = manifest.rules[head.rule];
    line["rule"] = rule.id;
    line["source"] = placeOf(rule);
    if (!rule.message.empty()) line["message"] = rule.message;
    line["verdict"] = verdictName(head.verdict);
    if (!rule.error_name.empty() && refuses(head.verdict)) line["errno"] = rule.error_name;
    if (head.verdict == LSMP_VERDICT_KILL) line["signal"] = rule.signal_name;
  } else {
    line["verdict"] = verdictName(head.verdict);
  }
  line["enforced"] = refuses(head.verdict) && !(head.flags & LSMP_EVENT_AUDIT_MODE);
  if (head.flags & LSMP_EVENT_NOT_SIGNALLED) line["signalled"] = false;
  if (head.flags & LSMP_EVENT_UNRESOLVED) line["unresolved"] = true;
  line["hook"] = hook;
  bool actor = head.hook >= manifest.hooks.size() || manifest.hooks[head.hook].actor;
  line[actor ? "process" : "interrupted"] = process(record, container);
  line["object"] = object(record, hook);
  return line;
}

EventLine lostLine(const LoadedPolicy& policy, uint64_t lost, uint64_t unreadable) {
  Json line = {{"v", 1}, {"policy", policy.name}, {"lost", lost}};
  if (unreadable) line["unreadable"] = unreadable;
  return line;
}

std::string jsonText(const EventLine& line) { return line.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace lsmpc::runtime
