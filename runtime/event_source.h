// One policy's ring buffer while this process is its reader.
#pragma once

#include <cstdint>
#include <memory>

#include "runtime/container.h"
#include "runtime/descriptor.h"
#include "runtime/events.h"

struct ring_buffer;

namespace lsmpc::runtime {

class EventSource {
 public:
  // Throws Failure SecondReader, EventsFailed, PinUnusable.
  EventSource(LoadedPolicy policy, const EventReader& reader);
  ~EventSource();
  EventSource(const EventSource&) = delete;
  EventSource& operator=(const EventSource&) = delete;

  // What waits, but no further than the first record of the boot time `until` or later, so that a reader whose own writing is
  // recorded comes to an end.
  void consume(uint64_t until);
  void showLost();
  int pollDescriptor() const;
  const LoadedPolicy& policy() const { return policy_; }

 private:
  static int onRecord(void* self, void* bytes, size_t size);

  LoadedPolicy policy_;
  const ShowEvent& show_;
  Containers containers_;
  Descriptor lock_, map_, counters_;
  ring_buffer* ring_ = nullptr;
  uint64_t until_ = UINT64_MAX, lost_ = 0, unreadable_ = 0, shown_ = 0;
};

}  // namespace lsmpc::runtime
