#include "runtime/guest/boot.h"

#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>

#include "runtime/guest/cpio.h"
#include "runtime/guest/image_version.h"
#include "runtime/guest/process.h"

namespace lsmpc::guest {
namespace fs = std::filesystem;
namespace {

constexpr const char* kBusybox = "/bin/busybox";
// One thread for all processors: with one each, a processor can run for ever into the breakpoint of code that another is patching, and a
// guest that attaches programs patches all the time.
constexpr const char* kAccelerator = "tcg,thread=single";

// QEMU 7.2's emulation of cmpxchg16b now and then leaves nonsense in the flags, and 6.12 dies of it: its slab allocator uses it for every
// allocation where the processor has it. From 6.18 on BPF programs get no memory without it (mm/slub.c, kmalloc_nolock).
std::string processorFor(const std::string& image) {
  ImageVersion version = imageVersion(image);
  bool needs = version.major > 6 || (version.major == 6 && version.minor >= 18) || version.major == 0;
  return needs ? "qemu64" : "qemu64,-cx16";
}

// The first process. Serial lines: 0 the kernel's console, 1 the script's output, 2 its status, 3 events. Raw, so that bytes pass as they are.
constexpr const char* kInit = R"(#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin HOME=/root NO_COLOR=1
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t securityfs sec /sys/kernel/security
mount -t bpf bpf /sys/fs/bpf
mount -t devtmpfs dev /dev
mount -t cgroup2 cgroup /sys/fs/cgroup
mount -t tmpfs tmp /tmp
mkdir -p /dev/shm /run
mount -t tmpfs run /run
ln -s /proc/self/fd /dev/fd
ip link set lo up
for line in 1 2 3; do stty raw -echo < /dev/ttyS$line; done
ln -s /dev/ttyS3 /dev/events
echo begun > /dev/ttyS2
sh /guest-script > /dev/ttyS1 2>&1 < /dev/null
echo "status $?" > /dev/ttyS2
sync
poweroff -f
)";

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "lsmpc-guest-XXXXXX").string();
    if (mkdtemp(name.data())) path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file(const char* name) const { return path_ + "/" + name; }
  bool good() const { return !path_.empty(); }

 private:
  std::string path_;
};

void addAccounts(Cpio& cpio) {
  cpio.addFile("/etc/passwd", 0644, "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n");
  cpio.addFile("/etc/group", 0644, "root:x:0:\nnogroup:x:65534:\n");
  cpio.addFile("/etc/hostname", 0644, "guest\n");
}

// The initramfs, or the reason why there is none.
std::string pack(const Guest& guest, std::string& problem) {
  Cpio cpio;
  for (const char* folder : {"/proc", "/sys", "/dev", "/tmp", "/run", "/root", "/mnt"}) cpio.addFolder(folder);
  auto busybox = readWhole(kBusybox);
  if (!busybox) {
    problem = std::string(kBusybox) + " is missing: install the package busybox-static";
    return "";
  }
  cpio.addFile(kBusybox, 0755, *busybox);
  cpio.addFile("/init", 0755, kInit);
  cpio.addFile("/guest-script", 0755, guest.script);
  addAccounts(cpio);
  for (const GuestFile& file : guest.files) {
    auto bytes = readWhole(file.host);
    struct stat status;
    if (!bytes || stat(file.host.c_str(), &status) != 0) {
      problem = "cannot read `" + file.host + "`";
      return "";
    }
    cpio.addFile(file.guest, status.st_mode & 07777, *bytes);
  }
  return cpio.finish();
}

std::vector<std::string> command(const Guest& guest, const std::string& processor, const Folder& folder) {
  std::string line = "console=ttyS0 panic=-1 quiet lsm=lockdown,capability,landlock,yama,bpf";
  if (!guest.kernel_arguments.empty()) line += " " + guest.kernel_arguments;
  std::vector<std::string> words = {"qemu-system-x86_64",
                                    "-accel",
                                    kAccelerator,
                                    "-cpu",
                                    processor,
                                    "-m",
                                    "1024",
                                    "-smp",
                                    std::to_string(guest.counts_instructions ? 1 : guest.processors),
                                    "-display",
                                    "none",
                                    "-no-reboot",
                                    "-net",
                                    "none",
                                    "-monitor",
                                    "none",
                                    "-kernel",
                                    guest.kernel,
                                    "-initrd",
                                    folder.file("initrd"),
                                    "-append",
                                    line,
                                    "-serial",
                                    "file:" + folder.file("console"),
                                    "-serial",
                                    "file:" + folder.file("output"),
                                    "-serial",
                                    "file:" + folder.file("status"),
                                    "-serial",
                                    "file:" + folder.file("events")};
  if (guest.counts_instructions) words.insert(words.end(), {"-icount", "shift=0"});
  return words;
}

std::string lastLines(const std::string& text, int lines) {
  size_t at = text.size();
  while (lines >= 0 && at != std::string::npos && at > 0) {
    at = text.rfind('\n', at - 1);
    --lines;
  }
  return at == std::string::npos ? text : text.substr(at + 1);
}

// One run of QEMU. `begun`: the guest's own init came as far as the script.
GuestResult runOnce(const Guest& guest, const std::string& processor, const Folder& folder, bool& begun) {
  GuestResult result;
  for (const char* line : {"console", "output", "status", "events"}) writeWhole(folder.file(line), "");
  ProcessResult qemu = runProcess(command(guest, processor, folder), guest.seconds);
  result.output = readWhole(folder.file("output")).value_or("");
  result.events = readWhole(folder.file("events")).value_or("");
  result.console = readWhole(folder.file("console")).value_or("");
  std::string status = readWhole(folder.file("status")).value_or("");
  begun = status.rfind("begun\n", 0) == 0;
  size_t at = status.find("status ");
  if (begun && at != std::string::npos) {
    result.finished = true;
    result.status = std::atoi(status.c_str() + at + 7);
    return result;
  }
  result.problem = qemu.timed_out ? "the guest did not end within " + std::to_string(guest.seconds) + " s" : "the guest ended early";
  if (!qemu.output.empty()) result.problem += "; qemu: " + qemu.output;
  if (!result.console.empty()) result.problem += "\nlast lines of its console:\n" + lastLines(result.console, 15);
  return result;
}

}  // namespace

GuestResult boot(const Guest& guest) {
  GuestResult result;
  Folder folder;
  if (!inPath("qemu-system-x86_64")) result.problem = "qemu-system-x86_64 is missing: install the package qemu-system-x86";
  auto image = readWhole(guest.kernel);
  if (!image) result.problem = "cannot read the kernel image `" + guest.kernel + "`";
  if (!folder.good()) result.problem = "cannot make a temporary folder";
  if (!result.problem.empty()) return result;
  std::string initrd = pack(guest, result.problem);
  if (!result.problem.empty()) return result;
  if (!writeWhole(folder.file("initrd"), initrd)) {
    result.problem = "cannot write the guest's initramfs";
    return result;
  }
  // Some kernels now and then die in early boot under emulation (6.12.95: a NULL call before init). Nothing of ours ran then,
  // so another boot is the same experiment; a guest that reached its script is never run twice.
  std::string processor = processorFor(*image);
  bool begun = false;
  for (int attempt = 0; attempt < 3 && !begun; ++attempt) result = runOnce(guest, processor, folder, begun);
  return result;
}

}  // namespace lsmpc::guest
