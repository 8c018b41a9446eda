// LIBS: lsmpc_runtime
// Conditions of `events --where`: what each operator lets through, of each kind of field, and what is refused.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "runtime/message.h"
#include "runtime/printable.h"
#include "runtime/where.h"
#include "runtime/where_field.h"

using namespace lsmpc::runtime;

namespace {

EventLine denial() {
  return EventLine::parse(
      R"({"v":1,"time":"2026-01-31T10:20:30.5Z","policy":"web","rule":"1f0c9a3e","source":"web.lsmp:3","verdict":"deny","errno":"EPERM",
    "enforced":true,"hook":"file_open","process":{"pid":12,"tid":13,"uid":1000,"gid":100,"comm":"cat","cgroup":77,"parent":{"pid":1,"comm":"init"}},
    "object":{"path":"/etc/ssh/config","family":2,"addr":"203.0.113.7","port":443,"signal":9,"cap":21,"target":{"pid":5,"comm":"sshd"}}})");
}

bool passes(std::string_view text, const EventLine& event = denial()) { return holds(readCondition(text), event); }

// Both stand for the same comparison: one holds for the event, the other does not.
void differ(const std::string& yes, const std::string& no) {
  EXPECT_TRUE(passes(yes)) << yes;
  EXPECT_FALSE(passes("not (" + yes + ")")) << yes;
  EXPECT_FALSE(passes(no)) << no;
}

// What is said: the code, the text, the way out, and what stands under the text.
std::string refusal(std::string_view text) {
  try {
    readCondition(text);
  } catch (const Failure& failure) {
    const Problem& problem = failure.problems().front();
    EXPECT_EQ(failure.exitCode(), 64);
    return std::string(codeOf(problem.message)) + " " + textOf(problem) + "\n" + problem.detail + hintOf(problem);
  }
  return "";
}

std::string pointed(std::string_view text) {
  std::string said = refusal(text);
  size_t line = said.find('\n');
  return line == std::string::npos ? "" : said.substr(said.find('\n', line + 1) + 3, said.rfind('\n') - said.find('\n', line + 1) - 3);
}

TEST(Where, NumbersCompare) {
  differ("uid == 1000", "uid == 0");
  differ("uid != 0", "uid != 1000");
  differ("uid < 1001", "uid < 1000");
  differ("uid <= 1000", "uid <= 999");
  differ("uid > 999", "uid > 1000");
  differ("uid >= 1000", "uid >= 1001");
  differ("port in {80, 443}", "port in {80, 8443}");
  differ("port in 400..443", "port in 444..500");
  differ("port in {1..10, 440..450,}", "port in {}");
  differ("port not in {80}", "port not in {0x1bb}");
  differ("process.cgroup == 0o115", "process.cgroup == -77");
  differ("process.cgroup > -9223372036854775807", "process.cgroup < -9223372036854775807");
  differ("process.tid == 13 and process.gid == 100", "process.parent.pid == 2");
}

TEST(Where, NumbersHaveNames) {
  differ("family == AF_INET", "family == AF_INET6");
  differ("cap == CAP_SYS_ADMIN", "cap in {CAP_CHOWN, CAP_BPF}");
  differ("object.signal == SIGKILL", "object.signal == SIGTERM");
}

TEST(Where, TextsCompare) {
  differ(R"(policy == "web")", R"(policy == "we")");
  differ("hook == file_open", "hook == path_unlink");
  differ(R"(hook ~ "file_*")", R"(hook !~ "file_*")");
  differ("verdict in {deny, kill}", "verdict in {audit}");
  differ("errno != EACCES", "errno != EPERM");
  differ(R"(comm in {"cat", "dog"})", R"(comm not in {"cat"})");
  differ(R"(target.comm ~ {"a*", "ssh{,d}"})", R"(target.comm ~ "s?h")");
  differ(R"(source ~ "web*:3" and rule == "1f0c9a3e")", R"(parent.comm == "systemd")");
}

TEST(Where, PathsCompareByComponents) {
  differ(R"(object.path == "/etc/ssh/config")", R"(object.path == "/etc/ssh")");
  differ(R"(object.path ~ "/etc/**")", R"(object.path ~ "/etc/*")");
  differ(R"(path under "/etc")", R"(path under "/et")");
  differ(R"(path !~ "/usr/**")", R"(path !~ "/*/ssh/*")");
  differ(R"(path in {"/etc/ssh/config", "/x"})", R"(path not in {"/etc/ssh/config"})");
}

TEST(Where, AddressesCompare) {
  differ("addr == 203.0.113.7", "addr == 203.0.113.8");
  differ("addr == ::ffff:203.0.113.7", "addr != 203.0.113.7");
  differ("addr in 203.0.113.0/24", "addr in 203.0.112.0/24");
  differ("addr in {fd00::/8, 203.0.113.7}", "addr in {fd00::/8, 10.0.0.0/8}");
  differ("addr in 0.0.0.0/0 and addr in ::/0", "addr not in 128.0.0.0/1");
  EventLine event = denial();
  event["object"]["addr"] = "fd00::1";
  EXPECT_TRUE(passes("addr in fd00::/8", event));
  EXPECT_FALSE(passes("addr in 0.0.0.0/0", event));
}

TEST(Where, FlagsAndTimes) {
  differ("enforced", "not enforced");
  differ("enforced == true", "enforced != true");
  differ("not unresolved", "unresolved");  // which a line has where it is true
  differ("object.path_unresolved == false", "object.path_unresolved");
  differ(R"(time >= "2026-01-31T10:20:30Z")", R"(time > "2026-01-31T10:20:30.5Z")");
  differ(R"(time == "2026-01-31T12:20:30.5+02:00")", R"(time < "2026-01-31T10:20:30.5Z")");
}

TEST(Where, WordsJoin) {
  differ("uid == 1 or uid == 1000 and port == 443", "(uid == 1000 or uid == 1) and port == 1");
  differ("not uid == 1 and not not port == 443", "not (uid == 1 or port == 443)");
  differ("uid == 1000 and(port==443)", "uid==1000 and port!=443");
}

// Neither a comparison nor its negation holds; `not` is of what does not hold.
TEST(Where, WhatIsNotThereDoesNotCompare) {
  EventLine event = denial();
  event["object"] = EventLine::object({{"path_unresolved", true}});
  for (const char* text : {R"(path == "/x")", R"(path != "/x")", R"(path !~ "/x")", "port < 1", "port not in {1}", "addr != ::1",
                           R"(object.new_path under "/")", "signalled", "not enforced"})
    EXPECT_FALSE(passes(text, event)) << text;
  EXPECT_TRUE(passes(R"(not path ~ "/tmp/**" and object.path_unresolved)", event));
  event.erase("process");
  EXPECT_FALSE(passes("uid != 0", event));
}

TEST(Where, EitherOfTwoPaths) {
  EventLine event = denial();
  event["object"] = EventLine::object({{"old_path", "/tmp/a"}, {"new_path", "/etc/a"}});
  EXPECT_TRUE(passes(R"(path under "/etc")", event));
  EXPECT_TRUE(passes(R"(path under "/tmp" and new_path ~ "/etc/*")", event));
  EXPECT_FALSE(passes(R"(path under "/etc" and path under "/tmp")", event));
  EXPECT_FALSE(passes(R"(object.path under "/etc")", event));
  EXPECT_FALSE(passes(R"(path under "/usr")", event));
}

// Names are any bytes: JSON has them escaped, a condition asks for the bytes.
TEST(Where, NamesAreBytes) {
  std::string name = "/tmp/a\\b\xff\n\"";
  EventLine event = denial();
  event["object"]["path"] = printable(name);
  EXPECT_TRUE(passes(R"(path == "/tmp/a\\b\xff\n\"")", event));
  EXPECT_TRUE(passes(R"(path ~ "/tmp/a\\b?\n*")", event));
  EXPECT_FALSE(passes(R"(path ~ "/tmp/a\\\\*")", event));
  event["object"]["path"] = "/tmp/*";
  EXPECT_TRUE(passes(R"(path ~ "/tmp/\*")", event));
  for (int first = 0; first < 256; ++first)
    for (const char* rest : {"", "\\", "x41", "\\x41"}) {
      std::string bytes = static_cast<char>(first) + std::string(rest);
      EXPECT_EQ(bytesOf(printable(bytes)), bytes) << first << rest;
    }
}

TEST(Where, LinesThatAreNoEventsPass) {
  EXPECT_TRUE(passes("uid == 7", EventLine::parse(R"({"v":1,"policy":"web","lost":3})")));
  EXPECT_TRUE(passes("uid == 7", EventLine::parse(R"({"v":1,"unwritten":3})")));
}

// What a file says instead of an event is no value.
TEST(Where, StrangeLines) {
  EventLine event =
      EventLine::parse(R"({"verdict":5,"process":[1],"object":{"path":7,"addr":"x","port":"443"},"time":"soon","enforced":1})");
  for (const char* text :
       {"verdict == deny", "uid == 1", R"(path ~ "**")", "addr in ::/0", "port == 443", R"(time > "1970-01-01T00:00:00Z")", "enforced"})
    EXPECT_FALSE(passes(text, event)) << text;
  event["object"]["port"] = 18446744073709551615u;
  EXPECT_FALSE(passes("port == 0", event));
}

TEST(Where, EveryFieldCompares) {
  for (const std::string& name : fieldNames()) {
    const WhereField* field = fieldNamed(name);
    ASSERT_TRUE(field) << name;
    EXPECT_EQ(refusal(name + " == " + std::string(infoOf(field->type).example)), "") << name;
  }
}

TEST(WhereRefuses, UnknownFields) {
  EXPECT_EQ(refusal(R"(verdict == deny and object.pth ~ "/etc/**")"),
            "R061 `--where`, column 21: events have no field `object.pth`\n"
            "  verdict == deny and object.pth ~ \"/etc/**\"\n"
            "                      ^~~~~~~~~~\n"
            "did you mean `object.path`?");
  EXPECT_NE(refusal("colour == 1").find("fields are the members of an event"), std::string::npos);
}

TEST(WhereRefuses, OtherTypes) {
  EXPECT_EQ(refusal("object.path == 5"),
            "R062 `--where`, column 16: `object.path` is a path, which `5` is not\n  object.path == 5\n                 ^\nsuch as "
            "`\"/etc/shadow\"`");
  EXPECT_EQ(pointed("uid == \"root\""), "       ^~~~~~");
  EXPECT_EQ(pointed("addr < 1.2.3.4"), "     ^");
  EXPECT_EQ(pointed("addr == 10.0.0.0/8"), "        ^~~~~~~~~~");
  EXPECT_EQ(pointed("addr in 10.0.0.0/33"), "        ^~~~~~~~~~~");
  EXPECT_EQ(pointed("port == 65536"), "        ^~~~~");
  EXPECT_EQ(pointed("port in {1, -2}"), "            ^~");
  EXPECT_EQ(pointed("uid == 99999999999999999999"), "       ^~~~~~~~~~~~~~~~~~~~");
  EXPECT_EQ(pointed("uid == 1x"), "       ^~");
  EXPECT_EQ(pointed("port in 9..1"), "        ^");
  EXPECT_EQ(pointed("port in 9"), "        ^");
  EXPECT_EQ(pointed("policy == web"), "          ^~~");
  EXPECT_EQ(pointed("comm == \"0123456789abcdef\""), "        ^~~~~~~~~~~~~~~~~~");
  EXPECT_EQ(pointed("comm ~ \"0123456789abcde?*\""), "       ^~~~~~~~~~~~~~~~~~~");
  EXPECT_EQ(pointed("path == \"etc\""), "        ^~~~~");
  EXPECT_EQ(pointed("path under \"\""), "           ^~");
  EXPECT_EQ(pointed("path ~ \"/etc/\""), "            ^");
  EXPECT_EQ(pointed("enforced == 1"), "            ^");
  EXPECT_EQ(pointed("enforced in {true}"), "         ^~");
  EXPECT_EQ(pointed("time > \"soon\""), "       ^~~~~~");
  EXPECT_EQ(pointed("uid == user(\"no such user\")"), "            ^~~~~~~~~~~~~~");
  EXPECT_NE(refusal("verdict == denied").find("one of `audit`, `allow`, `deny`, `kill`"), std::string::npos);
  EXPECT_NE(refusal("errno == EPREM").find("did you mean `EPERM`?"), std::string::npos);
  EXPECT_NE(refusal("cap == CAP_SYSADMIN").find("did you mean `CAP_SYS_ADMIN`?"), std::string::npos);
  EXPECT_NE(refusal("addr > ::1").find("its operators: `==`, `!=`, `in`"), std::string::npos);
}

TEST(WhereRefuses, WhatIsNoCondition) {
  EXPECT_EQ(refusal(""), "R063 `--where`, column 1: expected a field, found the end\n  \n  ^\nsuch as `object.path` or `process.uid`");
  EXPECT_EQ(pointed("uid = 0"), "    ^");
  EXPECT_NE(refusal("uid == 0 && gid == 0").find("write `and`"), std::string::npos);
  EXPECT_EQ(pointed("uid == 0 gid == 0"), "         ^~~");
  EXPECT_EQ(pointed("uid == 0 == 0"), "         ^~");
  EXPECT_EQ(pointed("uid"), "   ^");
  EXPECT_EQ(pointed("(uid == 0"), "         ^");
  EXPECT_EQ(pointed("uid == 0)"), "        ^");
  EXPECT_EQ(pointed("0 == uid"), "^");
  EXPECT_EQ(pointed("uid not 5"), "        ^");
  EXPECT_EQ(pointed("uid =="), "      ^");
  EXPECT_EQ(pointed("port in {80"), "           ^");
  EXPECT_EQ(pointed("port in {80 443}"), "            ^~~");
  EXPECT_EQ(pointed("comm in \"a\""), "        ^~~");
  EXPECT_EQ(pointed("path ~ etc"), "       ^~~");
  EXPECT_EQ(pointed("comm == \"a"), "        ^~");
  EXPECT_EQ(pointed("comm == \"a\\q\""), "          ^~");
  EXPECT_EQ(pointed("comm == \"ä\" and gid = 0"), "                    ^");  // by characters
  EXPECT_NE(refusal(std::string(300, '(')).find("more than 200 levels"), std::string::npos);
  EXPECT_EQ(refusal(std::string(150, '(') + "uid == 0" + std::string(150, ')')), "");
}

TEST(WhereRefuses, LongTextsAreClipped) {
  std::string text = "uid == 0";
  for (int i = 0; i < 1000; ++i) text += " or uid == 0";
  std::string said = refusal(text + " or uid = 0\n\x1b[2J");
  EXPECT_LT(said.size(), 400u);
  EXPECT_EQ(said.find('\x1b'), std::string::npos);
  EXPECT_NE(said.find("uid = 0"), std::string::npos);
}

// Nonsense in, a refusal or a condition out.
TEST(WhereRefuses, TakesAnyWords) {
  constexpr const char* kWords[] = {"uid",    "path", "addr", "enforced", "verdict", "==",   "in", "not", "~",
                                    "under",  "(",    ")",    "{",        "}",       ",",    "..", "5",   "-",
                                    "\"/a\"", "::1",  "or",   "and",      "deny",    "user", "\"", "\\",  "\xff"};
  uint32_t random = 7, conditions = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (uint32_t n = 1 + i % 7; n-- > 0;) {
      random = random * 1664525 + 1013904223;
      text += std::string(kWords[(random >> 16) % std::size(kWords)]) + " ";
    }
    if (!refusal(text).empty()) continue;
    ++conditions;
    passes(text);
  }
  EXPECT_GT(conditions, 100u);
}

}  // namespace
