// One boot of a throwaway guest: a kernel image, an initramfs made on the spot, a script, its output and status.
// QEMU's software emulation (no KVM, no root); about 3 to 6 s a boot.
#pragma once

#include <string>
#include <vector>

namespace lsmpc::guest {

struct GuestFile {
  std::string host;
  std::string guest;  // absolute path in the guest
};

struct Guest {
  std::string kernel;            // path of a vmlinuz
  std::vector<GuestFile> files;  // keep their mode
  std::string script;            // run by busybox sh as root; its exit status is the guest's
  int seconds = 300;
  int processors = 2;
  bool counts_instructions = false;  // one processor, whose clock goes on by a nanosecond for each instruction that it executes
  std::string kernel_arguments;  // added to the command line
};

struct GuestResult {
  bool finished = false;  // the script ended and said so
  int status = -1;
  std::string output;   // of the script, standard output and error
  std::string events;   // what the script wrote to /dev/events
  std::string console;  // the kernel's
  std::string problem;  // why the guest could not be run, or ended early; empty when finished
};

GuestResult boot(const Guest& guest);

}  // namespace lsmpc::guest
