#include "runtime/unpin_folder.h"

#include <filesystem>
#include <vector>

#include "runtime/attachment.h"
#include "runtime/calls_under_way.h"
#include "runtime/message.h"
#include "runtime/pins.h"

namespace lsmpc::runtime {

namespace fs = std::filesystem;

void removeFile(const std::string& path, const std::string& name) {
  std::error_code error;
  if (!fs::remove(path, error) && error) throw Failure(Message::UnloadFailed, {name, path + ": " + error.message()});
}

void unpinFolder(const std::string& folder, const std::string& name) {
  std::vector<Attachment> attachments = pinnedAttachments(folder);
  std::vector<std::string> hooks = pinnedHooks(folder);
  for (const std::string& hook : hooks) removeFile(linkPin(folder, hook), name);
  if (attachments.size() != hooks.size()) letCallsPass();  // of those whose link could not be asked for, nothing says when they end
  std::vector<Attachment> held = stillAttached(attachments);
  for (const std::string& entry : entriesOf(folder)) removeFile(folder + "/" + entry, name);
  removeFile(folder, name);
  std::vector<Problem> problems;
  for (const Attachment& one : held) problems.push_back({Message::StillAttached, {name, std::to_string(one.link), one.hook}, {}});
  if (!problems.empty()) throw Failure(std::move(problems));
}

}  // namespace lsmpc::runtime
