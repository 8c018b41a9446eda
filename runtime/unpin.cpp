#include "runtime/unpin.h"

#include <bpf/bpf.h>

#include <algorithm>
#include <filesystem>

#include "runtime/attachment.h"
#include "runtime/gate.h"
#include "runtime/message.h"
#include "runtime/pins.h"

namespace lsmpc::runtime {
namespace {

namespace fs = std::filesystem;

void removeFile(const std::string& path, const std::string& name) {
  std::error_code error;
  if (!fs::remove(path, error) && error) throw Failure(Message::UnloadFailed, {name, path + ": " + error.message()});
}

// A gate that cannot be written stays as it is: the pins below go all the same.
void close(const std::string& folder) {
  Descriptor gate(bpf_obj_get((folder + "/gate").c_str()));
  if (gate) setGate(gate.get(), kGateClosed);
}

std::vector<Attachment> attachmentsIn(const std::string& folder) {
  std::vector<Attachment> found;
  for (const std::string& hook : pinnedHooks(folder)) {
    Descriptor pin(bpf_obj_get(linkPin(folder, hook).c_str()));
    Attachment attachment = pin ? attachmentOf(hook, pin.get()) : Attachment{};
    if (attachment.link) found.push_back(attachment);
  }
  return found;
}

// A policy may forbid to remove its own pins; it is asked while its gate is open only once.
void removePins(const std::string& folder, const std::string& name) {
  for (const std::string& hook : pinnedHooks(folder)) {
    std::error_code error;
    if (fs::remove(linkPin(folder, hook), error) || !error) continue;
    close(folder);
    removeFile(linkPin(folder, hook), name);
  }
}

// After the links are gone; an open gate is closed here, for programs that somebody else holds.
void finish(const std::string& name, const std::string& folder, const std::vector<Attachment>& attachments) {
  std::vector<Attachment> held = stillAttached(attachments);
  close(folder);
  for (const std::string& entry : entriesOf(folder)) removeFile(folder + "/" + entry, name);
  removeFile(folder, name);
  std::vector<Problem> problems;
  for (const Attachment& one : held) problems.push_back({Message::StillAttached, {name, std::to_string(one.link), one.hook}, {}});
  if (!problems.empty()) throw Failure(std::move(problems));
}

}  // namespace

void removeReplaced(const std::string& name, uint64_t generation) {
  std::string folder = generationFolder(name, generation);
  std::vector<Attachment> attachments = attachmentsIn(folder);
  removePins(folder, name);
  finish(name, folder, attachments);
}

// All gates first: a newer generation may forbid to remove an older one's pins.
void removePolicy(const std::string& name) {
  for (uint64_t generation : generations(name)) close(generationFolder(name, generation));
  std::vector<Problem> problems;
  for (uint64_t generation : generations(name)) {
    try {
      removeReplaced(name, generation);
    } catch (const Failure& failure) {
      problems.insert(problems.end(), failure.problems().begin(), failure.problems().end());
    }
  }
  if (generations(name).empty()) removeFile(policyFolder(name), name);
  if (!problems.empty()) throw Failure(std::move(problems));
}

std::vector<std::string> removeLeftovers() {
  std::vector<std::string> cleaned;
  for (const std::string& name : pinnedNames()) {
    std::vector<uint64_t> all = generations(name);
    bool newer = false;
    size_t kept = 0;
    for (auto it = all.rbegin(); it != all.rend(); ++it) {
      bool keep = !newer && inForce(name, *it);
      newer |= keep;
      kept += keep;
      if (!keep) removeReplaced(name, *it);
    }
    if (!kept) removeFile(policyFolder(name), name);
    if (kept != all.size() || !kept) cleaned.push_back(name);
  }
  return cleaned;
}

}  // namespace lsmpc::runtime
