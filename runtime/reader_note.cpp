#include "runtime/reader_note.h"

#include <unistd.h>

#include <climits>

namespace lsmpc::runtime {
namespace {

// A bpffs has no files of text, but symbolic links, which lead anywhere.
std::string noteIn(const std::string& folder) { return folder + "/reader"; }

}  // namespace

void noteReader(const std::string& folder, const std::string& file) {
  unlink(noteIn(folder).c_str());
  if (file.empty() || symlink(file.c_str(), noteIn(folder).c_str())) return;
}

std::string notedReader(const std::string& folder) {
  char target[PATH_MAX];
  ssize_t length = readlink(noteIn(folder).c_str(), target, sizeof target);
  return length > 0 ? std::string(target, static_cast<size_t>(length)) : "";
}

}  // namespace lsmpc::runtime
