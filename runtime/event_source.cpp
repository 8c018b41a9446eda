#include "runtime/event_source.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <nlohmann/json.hpp>

#include "runtime/counters.h"
#include "runtime/lock.h"
#include "runtime/message.h"
#include "runtime/reader_note.h"

namespace lsmpc::runtime {
namespace {

constexpr int kFarEnough = -ECANCELED;
constexpr size_t kOldestHeader = offsetof(lsmp_event, exe_len);

}  // namespace

bool readRecord(const void* bytes, size_t size, EventRecord& record) {
  if (size < kOldestHeader) return false;
  lsmp_event& head = record.head = {};
  memcpy(&head, bytes, kOldestHeader);
  if (head.abi != LSMP_ABI_VERSION || head.header_size < kOldestHeader || size < head.header_size) return false;
  memcpy(&head, bytes, std::min(sizeof head, size_t{head.header_size}));
  if (size < size_t{head.header_size} + head.path_len + head.path2_len + head.exe_len) return false;
  auto* text = static_cast<const char*>(bytes) + head.header_size;
  for (auto [path, length] : {std::pair(&record.path, head.path_len), {&record.path2, head.path2_len}, {&record.exe, head.exe_len}}) {
    path->assign(text, length);
    text += length;
  }
  return true;
}

EventSource::EventSource(LoadedPolicy policy, const EventReader& reader) : policy_(std::move(policy)), show_(reader.show) {
  auto lock = tryLock(policy_.folder);
  if (!lock) {
    std::string file = notedReader(policy_.folder);
    throw Failure(Message::SecondReader,
                  {policy_.name, file.empty() ? "its output" : "its file: `lsmpctl events " + policy_.name + " --from " + file + "`"});
  }
  lock_ = std::move(*lock);
  noteReader(policy_.folder, reader.file);
  map_ = openPin(policy_.folder + "/events");
  counters_ = openPin(policy_.folder + "/counters");
  ring_ = ring_buffer__new(map_.get(), onRecord, this, nullptr);
  if (!ring_) throw Failure(Message::EventsFailed, {policy_.name, errorText(errno)});
}

EventSource::~EventSource() { ring_buffer__free(ring_); }

int EventSource::onRecord(void* self, void* bytes, size_t size) {
  auto& source = *static_cast<EventSource*>(self);
  EventRecord record;
  if (!readRecord(bytes, size, record)) {
    ++source.unreadable_;
    return 0;
  }
  source.show_(eventLine(source.policy_, record, source.containers_.of(record.head.cgroup)));
  return record.head.boot_ns >= source.until_ ? kFarEnough : 0;
}

void EventSource::consume(uint64_t until) {
  until_ = until;
  int error = ring_buffer__consume(ring_);
  if (error < 0 && error != kFarEnough) throw Failure(Message::EventsFailed, {policy_.name, errorText(error)});
}

void EventSource::showLost() {
  if (auto counters = sumCounters(counters_.get())) lost_ = (*counters)[LSMP_LOST];
  if (lost_ + unreadable_ == shown_) return;
  shown_ = lost_ + unreadable_;
  show_(lostLine(policy_, lost_, unreadable_));
}

int EventSource::pollDescriptor() const { return ring_buffer__epoll_fd(ring_); }

}  // namespace lsmpc::runtime
