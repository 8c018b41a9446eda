// LIBS: lsmpc_runtime
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "runtime/event_file.h"
#include "runtime/event_log.h"

using namespace lsmpc::runtime;

namespace {

namespace fs = std::filesystem;

class EventFiles : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/lsmpc-events-XXXXXX";
    ASSERT_NE(mkdtemp(name), nullptr);
    folder_ = name;
    file_ = folder_ + "/events";
  }
  void TearDown() override { fs::remove_all(folder_); }

  EventFile output(Rotation rotation = {}) {
    return EventFile(file_, rotation, [this](const Problem& problem) { warnings_.push_back(problem); });
  }
  static EventLine line(int number, const std::string& policy = "web") {
    return {{"v", 1},
            {"time", "2026-01-31T10:20:" + std::string(number % 60 < 10 ? "0" : "") + std::to_string(number % 60) + ".000000000Z"},
            {"policy", policy},
            {"number", number}};
  }
  std::vector<int> numbers(const std::string& policy = "", std::optional<int64_t> since = {}) {
    std::vector<int> found;
    left_out_ = readLog({file_, policy, since}, [&](const EventLine& event) { found.push_back(event.value("number", -1)); });
    return found;
  }
  std::string content(const std::string& path) {
    std::ostringstream all;
    all << std::ifstream(path).rdbuf();
    return all.str();
  }
  std::string reasonOf(const std::function<void()>& work) {
    try {
      work();
    } catch (const Failure& failure) {
      return std::string(codeOf(failure.problems()[0].message)) + " " + failure.problems()[0].arguments.back();
    }
    return "";
  }

  std::string folder_, file_;
  std::vector<Problem> warnings_;
  uint64_t left_out_ = 0;
};

}  // namespace

TEST_F(EventFiles, ForItsOwnerAlone) {
  umask(0);
  EventFile events = output();
  events.write(line(1));
  struct stat status {};
  ASSERT_EQ(stat(file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600u);
  EXPECT_EQ(events.path(), file_);
  EXPECT_EQ(content(file_), jsonText(line(1)) + "\n");
}

TEST_F(EventFiles, NotWhereItCouldBeSomebodyElses) {
  std::ofstream(folder_ + "/other") << "kept\n";
  chmod((folder_ + "/other").c_str(), 0600);
  fs::create_symlink(folder_ + "/other", file_);
  EXPECT_EQ(reasonOf([&] { output(); }), "R090 it is a symbolic link");
  fs::remove(file_);
  fs::create_symlink(folder_ + "/nowhere", file_);
  EXPECT_EQ(reasonOf([&] { output(); }), "R090 it is a symbolic link");
  fs::remove(file_);
  fs::create_hard_link(folder_ + "/other", file_);
  EXPECT_EQ(reasonOf([&] { output(); }), "R090 it has another name too (a hard link)");
  fs::remove(file_);
  ASSERT_EQ(mkfifo(file_.c_str(), 0600), 0);
  EXPECT_EQ(reasonOf([&] { output(); }), "R090 it is no regular file");
  fs::remove(file_);
  std::ofstream(file_) << "";
  chmod(file_.c_str(), 0620);
  EXPECT_EQ(reasonOf([&] { output(); }), "R090 others may write it");
  chmod(file_.c_str(), 0640);
  EXPECT_EQ(reasonOf([&] { output(); }), "");
  EXPECT_EQ(content(folder_ + "/other"), "kept\n");
  EXPECT_FALSE(fs::exists(folder_ + "/nowhere"));
}

TEST_F(EventFiles, OneWriter) {
  EventFile events = output();
  EXPECT_EQ(reasonOf([&] { output(); }), "R091 " + file_);
}

TEST_F(EventFiles, TurnsOverAndKeepsSome) {
  uint64_t bytes = jsonText(line(10)).size() + 1;
  {
    EventFile events = output({3 * bytes, 2});
    for (int i = 10; i < 20; ++i) events.write(line(i));
  }
  EXPECT_EQ(fs::file_size(file_), bytes);
  EXPECT_EQ(fs::file_size(file_ + ".1"), 3 * bytes);
  EXPECT_EQ(fs::file_size(file_ + ".2"), 3 * bytes);
  EXPECT_FALSE(fs::exists(file_ + ".3"));
  EXPECT_EQ(numbers(), (std::vector<int>{13, 14, 15, 16, 17, 18, 19}));
  EXPECT_EQ(left_out_, 0u);
  EventFile again = output({3 * bytes, 2});
  again.write(line(20));
  EXPECT_EQ(numbers().back(), 20);
  EXPECT_TRUE(warnings_.empty());
}

TEST_F(EventFiles, WhatCannotTurnOverGrows) {
  fs::create_directory(file_ + ".1");
  std::ofstream(file_ + ".1/full") << "";
  EventFile events = output({100, 1});
  for (int i = 0; i < 20; ++i) events.write(line(i));
  fs::remove_all(file_ + ".1");
  EXPECT_EQ(numbers().size(), 20u);
  ASSERT_EQ(warnings_.size(), 1u);
  EXPECT_EQ(codeOf(warnings_[0].message), "R094");
}

TEST_F(EventFiles, ATornLineIsEndedAndLeftOut) {
  std::ofstream(file_) << jsonText(line(1)) << "\n{\"v\":1,\"num";
  chmod(file_.c_str(), 0600);
  EXPECT_EQ(numbers(), std::vector<int>{1});
  EXPECT_EQ(left_out_, 1u);
  output().write(line(2));
  EXPECT_EQ(numbers(), (std::vector<int>{1, 2}));
  EXPECT_EQ(left_out_, 1u);
}

TEST_F(EventFiles, WhatIsNoEventIsLeftOut) {
  std::ofstream(file_) << "\nnonsense\n[]\n{}\n{\"v\":2}\n{\"v\":1,\"a\":\"" << std::string(300000, 'x')
                       << "\"}\n{\"v\":1,\"a\":" << std::string(100000, '[') << std::string(100000, ']')
                       << "}\n{\"v\":1,\"policy\":5,\"number\":7}\n";
  EXPECT_EQ(numbers(), std::vector<int>{7});
  EXPECT_EQ(left_out_, 7u);
}

TEST_F(EventFiles, OfAPolicyAndSinceThen) {
  {
    EventFile events = output();
    for (int i = 1; i < 6; ++i) events.write(line(i, i % 2 ? "web" : "mail"));
    events.write({{"v", 1}, {"unwritten", 3}});
  }
  EXPECT_EQ(numbers("web"), (std::vector<int>{1, 3, 5, -1}));
  EXPECT_EQ(numbers("mail", 1769854803000000000), (std::vector<int>{4, -1}));
  EXPECT_EQ(reasonOf([&] { readLog({folder_ + "/nowhere", "", {}}, {}); }), "R010 No such file or directory");
  EXPECT_EQ(reasonOf([&] { readLog({folder_, "", {}}, {}); }), "R010 it is no regular file");
}

TEST_F(EventFiles, SomebodyElseTurnsItOver) {
  EventFile events = output();
  events.write(line(1));
  fs::rename(file_, file_ + ".1");
  events.write(line(2));
  EXPECT_EQ(content(file_), jsonText(line(2)) + "\n");
  fs::remove(file_);
  events.write(line(3));
  EXPECT_EQ(numbers(), (std::vector<int>{1, 3}));
}

// A limit on the size of files is met in the midst of a line, as a full disk may be. How many the kernel lost is not left out, but said later.
TEST_F(EventFiles, WhatHasNoRoomIsCounted) {
  std::signal(SIGXFSZ, SIG_IGN);
  uint64_t bytes = jsonText(line(1)).size() + 1;
  rlimit old{};
  getrlimit(RLIMIT_FSIZE, &old);
  EventFile events = output();
  events.write(line(1));
  rlimit small{bytes + 10, old.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  for (int i = 2; i < 5; ++i) events.write(line(i));
  events.write({{"v", 1}, {"policy", "web"}, {"lost", 8}});
  events.write({{"v", 1}, {"policy", "web"}, {"lost", 9}});
  for (int i = 5; i < 7; ++i) events.write(line(i));
  EXPECT_EQ(content(file_), jsonText(line(1)) + "\n");
  setrlimit(RLIMIT_FSIZE, &old);
  events.write(line(7));
  events.finish();
  EXPECT_EQ(content(file_),
            jsonText(line(1)) + "\n{\"v\":1,\"unwritten\":5}\n{\"v\":1,\"policy\":\"web\",\"lost\":9}\n" + jsonText(line(7)) + "\n");
  ASSERT_EQ(warnings_.size(), 2u);
  EXPECT_EQ(codeOf(warnings_[0].message), "R092");
  EXPECT_EQ(textOf(warnings_[1]), "5 events could not be written to `" + file_ + "`");
}
