#include "runtime/attachment.h"

#include <bpf/bpf.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "runtime/descriptor.h"

namespace lsmpc::runtime {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kPatience = std::chrono::seconds(5), kProgramPatience = std::chrono::seconds(1);
constexpr auto kPause = std::chrono::milliseconds(2);

bool programExists(uint32_t program) { return static_cast<bool>(Descriptor(bpf_prog_get_fd_by_id(program))); }

template <class Test>
void waitWhile(std::vector<Attachment>& left, Test there, Clock::duration patience) {
  Clock::time_point end = Clock::now() + patience;
  auto gone = [&](const Attachment& one) { return !there(one); };
  for (;;) {
    left.erase(std::remove_if(left.begin(), left.end(), gone), left.end());
    if (left.empty() || Clock::now() >= end) return;
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace

Attachment attachmentOf(const std::string& hook, int link_fd) {
  bpf_link_info info{};
  uint32_t size = sizeof info;
  if (bpf_obj_get_info_by_fd(link_fd, &info, &size)) return {hook, 0, 0};
  bool lsm = info.type == BPF_LINK_TYPE_TRACING && info.tracing.attach_type == BPF_LSM_MAC;
  return {hook, lsm ? info.id : 0, lsm ? info.prog_id : 0};
}

bool linkExists(uint32_t link) { return static_cast<bool>(Descriptor(bpf_link_get_fd_by_id(link))); }

// A link's number is gone as soon as its last reference is; the hook is freed after that, from a work queue, and lets the
// program go last (5.10 takes milliseconds between the two). A program that stays has another owner, and no link.
std::vector<Attachment> stillAttached(std::vector<Attachment> attachments) {
  std::vector<Attachment> links = attachments;
  waitWhile(links, [](const Attachment& one) { return linkExists(one.link); }, kPatience);
  auto held = [&](const Attachment& one) {
    return std::any_of(links.begin(), links.end(), [&](const Attachment& link) { return link.link == one.link; });
  };
  attachments.erase(std::remove_if(attachments.begin(), attachments.end(), held), attachments.end());
  waitWhile(attachments, [](const Attachment& one) { return programExists(one.program); }, kProgramPatience);
  return links;
}

}  // namespace lsmpc::runtime
