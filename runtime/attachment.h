// What a pinned link attaches, by the kernel's own numbers: pins can be removed by hand, and the kernel detaches some time
// after the last reference went.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lsmpc::runtime {

struct Attachment {
  std::string hook;
  uint32_t link = 0, program = 0;
};

// Of a link's descriptor; link 0 where it is none of an LSM program.
Attachment attachmentOf(const std::string& hook, int link_fd);

bool linkExists(uint32_t link);

// Waits until the kernel has detached all of them, for some seconds at most; those that are still there then.
std::vector<Attachment> stillAttached(std::vector<Attachment> attachments);

}  // namespace lsmpc::runtime
