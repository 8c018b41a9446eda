// LIBS: lsmpc_runtime
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>

#include "runtime/event_journal.h"
#include "runtime/event_syslog.h"

using namespace lsmpc::runtime;

namespace {

EventLine event(const char* verdict, bool enforced) {
  return {{"v", 1}, {"time", "2026-01-02T03:04:05.5Z"}, {"verdict", verdict}, {"enforced", enforced}, {"object", {{"path", "/a"}}}};
}

}  // namespace

TEST(LogEntry, Severity) {
  EXPECT_EQ(severityOf(event("deny", true)), Severity::Warning);
  EXPECT_EQ(severityOf(event("deny", false)), Severity::Notice);
  EXPECT_EQ(severityOf(event("audit", false)), Severity::Notice);
  EXPECT_EQ(severityOf(event("allow", false)), Severity::Info);
  EXPECT_EQ(severityOf({{"v", 1}, {"lost", 3}}), Severity::Warning);
}

TEST(LogEntry, Syslog) {
  setenv("TZ", "UTC", 1);
  tzset();
  std::string tag = " lsmp[" + std::to_string(getpid()) + "]: ";
  EXPECT_EQ(syslogEntry(event("deny", true), "words", 0), "<84>Jan  2 03:04:05" + tag + "words");
  EXPECT_EQ(syslogEntry({{"v", 1}, {"lost", 3}}, "words", 86400 * 11), "<84>Jan 12 00:00:00" + tag + "words");
}

TEST(LogEntry, Journal) {
  EventLine line = event("deny", true);
  EXPECT_EQ(journalEntry(line, "words"),
            "MESSAGE=words\nPRIORITY=4\nSYSLOG_IDENTIFIER=lsmp\nLSMP_TIME=2026-01-02T03:04:05.5Z\nLSMP_VERDICT=deny\nLSMP_ENFORCED="
            "true\nLSMP_PATH=/a\nLSMP_EVENT=" +
                line.dump() + "\n");
  line["object"]["path"] = "/a\nPRIORITY=0";
  std::string behind("LSMP_PATH\n\x0d\0\0\0\0\0\0\0/a\nPRIORITY=0\n", 32);
  EXPECT_NE(journalEntry(line, "words").find(behind), std::string::npos);
}
