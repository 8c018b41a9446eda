// Which generation of a policy is in force: one word that the programs of all of them read first, so that one store takes the old one out of force and puts the
// new one into it, on all hooks.
//
// The kernel calls the newest program of a hook first. So a call may find that it is not the new one's turn yet and then, behind the store, not the old one's any
// more; and a call that began before the new one was attached meets the old one alone, whenever that may be. So whoever decides in place of an older one leaves a
// mark for the call, and the older one keeps out of it only where it finds that. A call is told by the place of its arguments, which are on the stack. Marks are left
// only while calls may be under way that meet an older one, of which the word tells, so they cost nothing at other times.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "runtime/descriptor.h"
#include "runtime/mapped_words.h"

namespace lsmpc::runtime {

// Beside the generation's number in the word: calls may meet an older one.
constexpr uint64_t kOlderAttached = 1u << 29, kMostGenerations = kOlderAttached;

// The map's words: the turn, what the runtime keeps, and behind them marks, of which each call has its own place as far as there are enough.
constexpr size_t kTurnWord = 0, kFirstMark = 8;  // a cache line of its own
constexpr unsigned kMarkBits = 12;               // 32 KiB
constexpr size_t kTurnWords = kFirstMark + (size_t{1} << kMarkBits);

class Turn {
 public:
  // The policy's; one of its own, nobody's and not pinned, where it has none yet. Throws Failure HostRefuses, PinUnusable.
  explicit Turn(const std::string& policy);

  int map() const { return words_.fd(); }
  // Beside the generations, whose folder is there. Throws Failure PinFailed.
  void pin();
  // 0: none is in force.
  uint64_t generation() const;
  // The newest that had the turn, in force or not: no later one has its number.
  uint64_t newest() const;
  // Each in one store, which cannot fail; 0: none is in force.
  void give(uint64_t generation);
  // Where it is `from`'s.
  void takeBack(uint64_t from, uint64_t to);
  // The older ones are detached. Calls that met them may be under way for a while; later than that a call of this ends the marks.
  void olderGone();

 private:
  std::string policy_;
  MappedWords words_;
};

std::string turnPin(const std::string& policy);
// Whether the policy has one pinned; `generation` is set then. Throws Failure PinUnusable where it has one that cannot be read just now.
bool readTurn(const std::string& policy, uint64_t& generation);

}  // namespace lsmpc::runtime
