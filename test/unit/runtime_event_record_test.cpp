// LIBS: lsmpc_runtime
#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>

#include "runtime/events.h"

using namespace lsmpc::runtime;

namespace {

constexpr uint16_t kOldest = offsetof(lsmp_event, exe_len);

// A record with a header of `size` bytes, then `texts`.
std::string recordOf(lsmp_event head, uint16_t size, const std::string& texts) {
  head.abi = LSMP_ABI_VERSION;
  head.header_size = size;
  std::string bytes(reinterpret_cast<const char*>(&head), sizeof head);
  bytes.resize(size, '\xff');
  return bytes + texts;
}

lsmp_event lengths(uint16_t path, uint16_t path2, uint16_t exe) {
  lsmp_event head{};
  head.path_len = path;
  head.path2_len = path2;
  head.exe_len = exe;
  return head;
}

bool read(const std::string& bytes, EventRecord& record) { return readRecord(bytes.data(), bytes.size(), record); }

TEST(EventRecord, ItsTexts) {
  EventRecord record;
  ASSERT_TRUE(read(recordOf(lengths(2, 3, 4), sizeof(lsmp_event), "/a/bc/dir"), record));
  EXPECT_EQ(record.path, "/a");
  EXPECT_EQ(record.path2, "/bc");
  EXPECT_EQ(record.exe, "/dir");
}

TEST(EventRecord, OfAnOlderVersion) {
  EventRecord record;
  record.exe = "/before";
  ASSERT_TRUE(read(recordOf(lengths(2, 0, 0), kOldest, "/a"), record));
  EXPECT_EQ(record.path, "/a");
  EXPECT_EQ(record.exe, "");
  EXPECT_EQ(record.head.exe_len, 0);
}

TEST(EventRecord, OfANewerVersion) {
  EventRecord record;
  ASSERT_TRUE(read(recordOf(lengths(2, 0, 2), sizeof(lsmp_event) + 16, "/a/b"), record));
  EXPECT_EQ(record.path, "/a");
  EXPECT_EQ(record.exe, "/b");
}

TEST(EventRecord, WhatIsNone) {
  EventRecord record;
  std::string whole = recordOf(lengths(2, 0, 2), sizeof(lsmp_event), "/a/b");
  for (size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(read(whole.substr(0, size), record)) << size;
  EXPECT_FALSE(read(recordOf(lengths(0, 0, 0), kOldest - 8, ""), record));
  EXPECT_FALSE(read(recordOf(lengths(0xffff, 0xffff, 0xffff), sizeof(lsmp_event), "/a"), record));
  whole[0] ^= 1;
  EXPECT_FALSE(read(whole, record));
}

}  // namespace
