// LIBS: lsmpc_runtime
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "runtime/event_text.h"
#include "runtime/utf8.h"

using namespace lsmpc::runtime;

namespace {

EventLine denial() {
  return EventLine::parse(
      R"({"v":1,"time":"2026-01-31T10:20:30.123456789Z","policy":"web","rule":"1f0c9a3e","source":"web.lsmp:3","message":"not here",
    "verdict":"deny","errno":"EPERM","enforced":true,"hook":"file_open","process":{"pid":12,"uid":1000,"comm":"cat","parent":{"pid":1}},"object":{"path":"/etc/shadow"}})");
}

std::string plain(const EventLine& event) { return EventText(EventText::Form::Plain).line(event); }

}  // namespace

TEST(EventText, Columns) {
  EXPECT_EQ(plain(denial()),
            "2026-01-31T10:20:30.123Z  deny        web       web.lsmp:3    file_open         cat[12] uid=1000      /etc/shadow  EPERM  "
            "\"not here\"");
}

TEST(EventText, ColumnsGrowWithWhatCame) {
  EventText text(EventText::Form::Plain);
  EventLine longer = denial();
  longer["policy"] = "a-longer-name";
  size_t first = text.line(denial()).find("file_open"), second = text.line(longer).find("file_open");
  EXPECT_EQ(second - first, 5u);
  EXPECT_EQ(text.line(denial()).find("file_open"), second);
}

TEST(EventText, WhatIsNotEnforcedSaysSo) {
  EventLine event = denial();
  event["enforced"] = false;
  EXPECT_NE(plain(event).find("  would deny  "), std::string::npos);
}

TEST(EventText, TwoPathsAndAddresses) {
  EventLine event = denial();
  event["object"] = EventLine::parse(R"({"old_path":"/a","new_path":"/b"})");
  EXPECT_NE(plain(event).find("  /a -> /b  EPERM"), std::string::npos);
  event["object"] = EventLine::parse(R"({"family":2,"addr":"203.0.113.7","port":80,"target":{"pid":5,"comm":"sshd"}})");
  EXPECT_NE(plain(event).find("  family=2 addr=203.0.113.7 port=80 target=sshd[5]  EPERM"), std::string::npos);
}

TEST(EventText, LossesAreLines) {
  EXPECT_EQ(plain(EventLine::parse(R"({"v":1,"policy":"web","lost":7})")),
            "-                         lost        web       7 events since the load found the buffer full");
  EXPECT_NE(plain(EventLine::parse(R"({"v":1,"unwritten":7})")).find("lost        -         7 events could not be written here"),
            std::string::npos);
}

TEST(EventText, ColourIsTheVerdictsAlone) {
  std::string text = EventText(EventText::Form::Coloured).line(denial());
  EXPECT_NE(text.find("  \x1b[1;31mdeny\x1b[0m        web "), std::string::npos) << text;
  EXPECT_EQ(plain(denial()).find('\x1b'), std::string::npos);
}

TEST(EventText, Untimed) {
  EXPECT_EQ(EventText(EventText::Form::Untimed).line(denial()),
            "deny web web.lsmp:3 file_open cat[12] uid=1000 /etc/shadow  EPERM  \"not here\"");
}

// Neither the cursor moves nor does a line end, wherever the name stands.
TEST(EventText, HostileNames) {
  EventLine event = denial();
  event["object"]["path"] = "/tmp/x\x1b[2J\r\n2026-01-31T10:20:30.123Z  allow\x7f\xc2\x9b\xe2\x80\xae";
  event["process"]["comm"] = "\x1b]0;x\a";
  event["policy"] = "web\b";
  std::string text = plain(event);
  for (unsigned char c : text) EXPECT_TRUE(c >= ' ' && c < 0x7f) << text;
  EXPECT_NE(text.find(R"("/tmp/x\x1b[2J\x0d\x0a2026-01-31T10:20:30.123Z  allow\x7f\u{9b}\u{202e}"  EPERM)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"(  \x1b]0;x\x07[12] uid=1000)"), std::string::npos) << text;
}

TEST(EventText, WordsAreApart) {
  EXPECT_EQ(shownWord("plain"), "plain");
  EXPECT_EQ(shownWord("Größe"), "Größe");
  EXPECT_EQ(shownWord("a b"), "\"a b\"");
  EXPECT_EQ(shownWord("a\" uid=0"), R"("a\" uid=0")");
  EXPECT_EQ(shownWord("\xff"), R"(\xff)");
  EXPECT_EQ(shownWord(""), "\"\"");
}

// What a file says instead of an event does no harm.
TEST(EventText, StrangeLines) {
  for (const char* line : {"{}", R"({"process":5,"object":[1],"verdict":{},"time":null})", R"({"object":"x","interrupted":[]})",
                           R"({"lost":[],"policy":{"a":1}})"})
    EXPECT_FALSE(plain(EventLine::parse(line)).empty()) << line;
}

TEST(Utf8, OnlyTheShortestForms) {
  for (const char* good :
       {"a", "\x7f", "\xc2\x80", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    Utf8Character first = firstCharacter(good);
    EXPECT_TRUE(first.valid && first.bytes == strlen(good)) << good;
  }
  for (const char* bad : {"\x80", "\xc1\xbf", "\xc2", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
                          "\xf8\x88\x80\x80\x80", "\xff"}) {
    Utf8Character first = firstCharacter(bad);
    EXPECT_TRUE(!first.valid && first.bytes == 1) << bad;
  }
}
