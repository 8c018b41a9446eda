#include "runtime/turn.h"

#include <bpf/bpf.h>

#include <cerrno>
#include <vector>

#include "runtime/boot_time.h"
#include "runtime/message.h"
#include "runtime/pins.h"

namespace lsmpc::runtime {
namespace {

constexpr uint32_t kKey = 0;
// kGone: nanoseconds since boot when the older ones were detached; 0: they are not.
enum Kept { kNewest = kTurnWord + 1, kGone };

// A call that was under way when the older ones were detached is behind their programs then. One that is not is decided by both.
constexpr uint64_t kUnderWay = 10 * kSecond;

uint64_t generationIn(uint64_t word) { return word & (kMostGenerations - 1); }

Failure unusable(const std::string& pin) { return Failure(Message::PinUnusable, {pin, errorText(errno)}); }

bool isTurn(int map, const std::string& pin) {
  bpf_map_info info{};
  uint32_t size = sizeof info;
  if (bpf_obj_get_info_by_fd(map, &info, &size)) throw unusable(pin);
  return info.type == BPF_MAP_TYPE_ARRAY && info.value_size == kTurnWords * sizeof(uint64_t);
}

Descriptor openOrMake(const std::string& policy) {
  std::string pin = turnPin(policy);
  Descriptor map(bpf_obj_get(pin.c_str()));
  if (!map && errno != ENOENT) throw unusable(pin);
  if (map && !isTurn(map.get(), pin)) throw Failure(Message::PinUnusable, {pin, "it is not as this version of lsmpctl makes it"});
  if (map) return map;
  map = Descriptor(makeWordMap("lsmp_turn", kTurnWords));
  if (!map) throw Failure(Message::HostRefuses, {policy, "making a map for its turns", errorText(errno)});
  return map;
}

}  // namespace

std::string turnPin(const std::string& policy) { return policyFolder(policy) + "/turn"; }

Turn::Turn(const std::string& policy) : policy_(policy), words_(openOrMake(policy), turnPin(policy)) {}

void Turn::pin() {
  std::string path = turnPin(policy_);
  if (bpf_obj_pin(words_.fd(), path.c_str()) && errno != EEXIST)
    throw Failure(Message::PinFailed, {policy_, path + ": " + errorText(errno)});
}

uint64_t Turn::generation() const { return generationIn(words_[kTurnWord].load()); }

uint64_t Turn::newest() const { return words_[kNewest].load(); }

void Turn::give(uint64_t generation) {
  bool has_older = generation && words_[kTurnWord].load();
  words_[kGone].store(0);
  if (generation) words_[kNewest].store(generation);
  words_[kTurnWord].store(generation | (has_older ? kOlderAttached : 0));
}

void Turn::takeBack(uint64_t from, uint64_t to) {
  uint64_t word = words_[kTurnWord].load();
  while (generationIn(word) == from && !words_[kTurnWord].compare_exchange_weak(word, to)) {
  }
}

void Turn::olderGone() {
  uint64_t now = nanosecondsSinceBoot(), word = words_[kTurnWord].load(), gone = words_[kGone].load();
  if (!(word & kOlderAttached)) return;
  if (!gone)
    words_[kGone].store(now);
  else if (now - gone >= kUnderWay)
    words_[kTurnWord].compare_exchange_strong(word, generationIn(word));
}

bool readTurn(const std::string& policy, uint64_t& generation) {
  std::string pin = turnPin(policy);
  Descriptor map(bpf_obj_get(pin.c_str()));
  if (!map && (errno == ENOENT || errno == ENOTDIR)) return false;
  if (!map) throw unusable(pin);
  if (!isTurn(map.get(), pin)) return false;
  std::vector<uint64_t> words(kTurnWords);
  if (bpf_map_lookup_elem(map.get(), &kKey, words.data())) throw unusable(pin);
  generation = generationIn(words[kTurnWord]);
  return true;
}

}  // namespace lsmpc::runtime
