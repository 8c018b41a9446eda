// A file of events, one JSON line each, that turns over when it is full: FILE becomes FILE.1, that FILE.2, and so on. Every line in it is whole, but the last one where its writer was
// killed in the midst of it.
#pragma once

#include <sys/types.h>

#include <string>

#include "runtime/descriptor.h"
#include "runtime/event_output.h"

namespace lsmpc::runtime {

struct Rotation {
  uint64_t size = 64 << 20;  // bytes that a file has at most, unless a single line has more
  unsigned keep = 5;         // files beside the one that is written
};

class EventFile final : public EventOutput {
 public:
  // Made with mode 0600, or gone on with; for as long as it is written it has a lock. Throws Failure OutputUnusable where it is anything but a regular file of the caller's own that
  // nobody else may write, OutputTaken where another process writes it.
  EventFile(const std::string& path, Rotation rotation, Warn warn);

  // Absolute, for those who want to read it.
  std::string path() const;

 private:
  std::string put(const EventLine& line) override;
  void open(int extra_flags);
  bool isStillNamed() const;
  std::string append(const std::string& bytes);
  void rotate();

  std::string folder_name_, file_name_;
  Rotation rotation_;
  Descriptor folder_, file_;
  dev_t device_ = 0;
  ino_t inode_ = 0;
  uint64_t size_ = 0, rotate_at_ = 0;
  bool torn_ = false;  // its last line has no end
};

}  // namespace lsmpc::runtime
