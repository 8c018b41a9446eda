#include "runtime/events.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

#include "runtime/lock.h"
#include "runtime/message.h"

namespace lsmpc::runtime {
namespace {

constexpr int kPollMilliseconds = 200;

struct RingFree {
  void operator()(ring_buffer* ring) const { ring_buffer__free(ring); }
};

struct Source {
  const LoadedPolicy* policy;
  const std::function<void(const LoadedPolicy&, const EventRecord&)>* show;
};

int onRecord(void* context, void* bytes, size_t size) {
  auto* source = static_cast<Source*>(context);
  EventRecord record;
  if (readRecord(bytes, size, record)) (*source->show)(*source->policy, record);
  return 0;
}

}  // namespace

bool readRecord(const void* bytes, size_t size, EventRecord& record) {
  if (size < sizeof record.head) return false;
  memcpy(&record.head, bytes, sizeof record.head);
  const lsmp_event& head = record.head;
  if (head.abi != LSMP_ABI_VERSION || head.header_size < sizeof head || size < size_t{head.header_size} + head.path_len + head.path2_len)
    return false;
  auto* text = static_cast<const char*>(bytes) + head.header_size;
  record.path.assign(text, head.path_len);
  record.path2.assign(text + head.path_len, head.path2_len);
  return true;
}

void readEvents(const std::vector<LoadedPolicy>& policies, bool follow, const std::function<bool()>& stop,
                const std::function<void(const LoadedPolicy&, const EventRecord&)>& show) {
  std::vector<Descriptor> locks, maps;
  std::vector<std::unique_ptr<Source>> sources;
  std::unique_ptr<ring_buffer, RingFree> ring;
  for (const LoadedPolicy& policy : policies) {
    auto lock = tryLock(policy.folder);
    if (!lock) throw Failure(Message::SecondReader, {policy.name});
    locks.push_back(std::move(*lock));
    maps.push_back(openPin(policy.folder + "/events"));
    sources.push_back(std::make_unique<Source>(Source{&policy, &show}));
    int error = 0;
    if (!ring) {
      ring.reset(ring_buffer__new(maps.back().get(), onRecord, sources.back().get(), nullptr));
      if (!ring) error = errno;
    } else {
      error = ring_buffer__add(ring.get(), maps.back().get(), onRecord, sources.back().get());
    }
    if (error) throw Failure(Message::EventsFailed, {policy.name, errorText(error)});
  }
  if (!ring) return;
  int error = ring_buffer__consume(ring.get());
  while (error >= 0 && follow && !stop()) {
    error = ring_buffer__poll(ring.get(), kPollMilliseconds);
    if (error == -EINTR) error = 0;
  }
  if (error < 0) throw Failure(Message::EventsFailed, {policies.front().name, errorText(error)});
}

std::array<uint64_t, LSMP_COUNTERS> readCounters(const LoadedPolicy& policy) {
  std::array<uint64_t, LSMP_COUNTERS> sums{};
  Descriptor map = openPin(policy.folder + "/counters");
  int cpus = libbpf_num_possible_cpus();
  std::vector<uint64_t> values(cpus > 0 ? static_cast<size_t>(cpus) : 1);
  for (uint32_t key = 0; key < LSMP_COUNTERS; ++key) {
    if (bpf_map_lookup_elem(map.get(), &key, values.data())) throw Failure(Message::PinUnusable, {policy.folder + "/counters", errorText(errno)});
    for (uint64_t value : values) sums[key] += value;
  }
  return sums;
}

}  // namespace lsmpc::runtime
