// Which generation of a policy is in force: one word that the programs of all of them read first, so that one store takes the old one out of force and puts the
// new one into it, on all hooks. Who has seen the new one on any hook sees no old one afterwards.
//
// The kernel calls the newest program of a hook first. So a call may find that it is not the new one's turn yet and then, behind the store, not the old one's any
// more. Where it is not its turn yet a program therefore leaves a mark for the call, and the old one decides where it finds that. A call is told by the place of its
// arguments, which are on the stack. Marks are left and taken only while two generations are attached, of which the word tells, so they cost nothing at other times.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/descriptor.h"
#include "runtime/mapped_words.h"

namespace lsmpc::runtime {

// Beside the generation's number in the word: a newer one, an older one is attached.
constexpr uint64_t kNewerAttached = 1u << 30, kOlderAttached = 1u << 29, kMostGenerations = kOlderAttached;

class Turn {
 public:
  // The policy's; one of its own, nobody's and not pinned, where it has none yet. Throws Failure HostRefuses, PinUnusable.
  explicit Turn(const std::string& policy);

  int word() const { return word_.fd(); }
  int marks() const { return marks_.get(); }
  // Beside the generations, whose folder is there. Throws Failure PinFailed.
  void pin();
  // 0: none is in force.
  uint64_t generation() const;
  // Each in one store, which cannot fail; 0: none is in force. Newer ones are attached beside it, or about to be:
  void giveOlder(uint64_t generation);
  // Older ones are attached still:
  void giveNewer(uint64_t generation);
  // It is alone:
  void settle(uint64_t generation);
  // As giveOlder, where it is `from`'s turn; else nothing.
  void takeBack(uint64_t from, uint64_t to);

 private:
  std::string policy_;
  MappedWords word_;
  Descriptor marks_;
};

std::string turnPin(const std::string& policy);
std::string marksPin(const std::string& policy);
// Whether the policy has one pinned; `generation` is set then. Throws Failure PinUnusable where it has one that cannot be read just now.
bool readTurn(const std::string& policy, uint64_t& generation);

}  // namespace lsmpc::runtime
