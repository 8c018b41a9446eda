#include "runtime/turn.h"

#include <bpf/bpf.h>

#include <cerrno>

#include "runtime/message.h"
#include "runtime/pins.h"

namespace lsmpc::runtime {
namespace {

constexpr uint32_t kKey = 0;
constexpr uint32_t kMarks = 256;  // calls between two programs of a hook at the same time

uint64_t generationIn(uint64_t word) { return word & (kMostGenerations - 1); }

uint64_t besideNewer(uint64_t generation) { return generation ? generation | kNewerAttached : 0; }

int makeWord() { return makeWordMap("lsmp_turn", 1); }

int makeMarks() { return bpf_map_create(BPF_MAP_TYPE_HASH, "lsmp_marks", sizeof(uint64_t), 1, kMarks, nullptr); }

Descriptor openOr(const std::string& pin, int (*make)(), const std::string& policy) {
  Descriptor map(bpf_obj_get(pin.c_str()));
  if (map) return map;
  if (errno != ENOENT) throw Failure(Message::PinUnusable, {pin, errorText(errno)});
  map = Descriptor(make());
  if (!map) throw Failure(Message::HostRefuses, {policy, "making a map for its turns", errorText(errno)});
  return map;
}

void pinAt(int map, const std::string& path, const std::string& policy) {
  if (bpf_obj_pin(map, path.c_str()) && errno != EEXIST) throw Failure(Message::PinFailed, {policy, path + ": " + errorText(errno)});
}

}  // namespace

std::string turnPin(const std::string& policy) { return policyFolder(policy) + "/turn"; }

std::string marksPin(const std::string& policy) { return policyFolder(policy) + "/marks"; }

Turn::Turn(const std::string& policy)
    : policy_(policy),
      word_(openOr(turnPin(policy), makeWord, policy), turnPin(policy)),
      marks_(openOr(marksPin(policy), makeMarks, policy)) {}

// The word last: where it is, so are the marks.
void Turn::pin() {
  pinAt(marks_.get(), marksPin(policy_), policy_);
  pinAt(word_.fd(), turnPin(policy_), policy_);
}

uint64_t Turn::generation() const { return generationIn(word_[0].load()); }

void Turn::giveOlder(uint64_t generation) { word_[0].store(besideNewer(generation)); }

void Turn::giveNewer(uint64_t generation) { word_[0].store(generation | kOlderAttached); }

void Turn::settle(uint64_t generation) { word_[0].store(generation); }

void Turn::takeBack(uint64_t from, uint64_t to) {
  uint64_t word = word_[0].load();
  while (generationIn(word) == from && !word_[0].compare_exchange_weak(word, besideNewer(to))) {
  }
}

bool readTurn(const std::string& policy, uint64_t& generation) {
  auto fail = [&] { return Failure(Message::PinUnusable, {turnPin(policy), errorText(errno)}); };
  Descriptor map(bpf_obj_get(turnPin(policy).c_str()));
  if (!map && (errno == ENOENT || errno == ENOTDIR)) return false;
  bpf_map_info info{};
  uint32_t size = sizeof info;
  if (!map || bpf_obj_get_info_by_fd(map.get(), &info, &size)) throw fail();
  if (info.type != BPF_MAP_TYPE_ARRAY || info.value_size != sizeof generation) return false;
  if (bpf_map_lookup_elem(map.get(), &kKey, &generation)) throw fail();
  generation = generationIn(generation);
  return true;
}

}  // namespace lsmpc::runtime
