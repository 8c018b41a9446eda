#include "runtime/event_syslog.h"

#include <unistd.h>

#include <ctime>
#include <nlohmann/json.hpp>

#include "runtime/boot_time.h"
#include "runtime/moment.h"

namespace lsmpc::runtime {
namespace {

constexpr char kSocket[] = "/dev/log";
constexpr int kAuthpriv = 10;

// As RFC 3164 has it, which knows English months only.
std::string stampOf(int64_t seconds) {
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  time_t at = seconds;
  tm parts{};
  localtime_r(&at, &parts);
  char text[32];
  size_t length = strftime(text, sizeof text, " %e %H:%M:%S", &parts);
  return kMonths[parts.tm_mon] + std::string(text, length);
}

}  // namespace

EventSyslog::EventSyslog(bool json, Warn warn) : EventOutput("syslog", std::move(warn)), message_(json), socket_(kSocket) {}

std::string EventSyslog::put(const EventLine& line) { return socket_.send(syslogEntry(line, message_.of(line), time(nullptr))); }

std::string syslogEntry(const EventLine& event, const std::string& message, int64_t now) {
  auto moment = momentOf(event.value("time", ""));
  int priority = kAuthpriv * 8 + static_cast<int>(severityOf(event));
  return "<" + std::to_string(priority) + ">" + stampOf(moment ? *moment / kSecond : now) + " lsmp[" + std::to_string(getpid()) +
         "]: " + message;
}

}  // namespace lsmpc::runtime
