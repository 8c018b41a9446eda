#include "runtime/harmless_calls.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "runtime/descriptor.h"

namespace lsmpc::runtime {
namespace {

// file_open, file_permission, inode_permission, inode_getattr, mmap_file, file_mprotect, file_lock, file_fcntl, file_ioctl.
void onFile() {
  Descriptor file(open("/proc/self/status", O_RDONLY | O_CLOEXEC));
  if (!file) return;
  char byte;
  struct stat status;
  (void)!read(file.get(), &byte, 1);
  fstat(file.get(), &status);
  fcntl(file.get(), F_GETFL);
  size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  void* memory = mmap(nullptr, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return;
  mprotect(memory, page, PROT_READ | PROT_WRITE);
  munmap(memory, page);
}

// path_mkdir, path_rmdir, path_rename, path_symlink, path_unlink, path_chmod, path_chown and the inode hooks beside them.
void onFolder(const std::string& folder) {
  std::string made = folder + "/rehearsal", other = folder + "/rehearsed";
  mkdir(made.c_str(), 0700);
  chmod(made.c_str(), 0700);
  (void)!chown(made.c_str(), 0, 0);
  if (rename(made.c_str(), other.c_str())) rmdir(made.c_str());
  rmdir(other.c_str());
  (void)!symlink("nowhere", made.c_str());
  unlink(made.c_str());
  struct statfs status;
  statfs(folder.c_str(), &status);
}

// socket_create, socket_bind, socket_listen, socket_getsockname, socket_getsockopt, socket_connect, all within the loopback.
void onSocket() {
  Descriptor one(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)),
      two(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* any = reinterpret_cast<sockaddr*>(&address);
  bind(one.get(), any, size);
  listen(one.get(), 1);
  getsockname(one.get(), any, &size);
  int value = 0;
  socklen_t length = sizeof value;
  getsockopt(one.get(), SOL_SOCKET, SO_TYPE, &value, &length);
  if (address.sin_port) connect(two.get(), any, size);
}

// task_kill, task_prctl, task_getpgid, task_getsid, task_getscheduler, task_setnice, task_setrlimit, task_fix_setuid, capable.
void onTask() {
  kill(getpid(), 0);
  prctl(PR_GET_DUMPABLE);
  (void)getpgid(getpid());
  (void)getsid(getpid());
  sched_getscheduler(getpid());
  setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0));
  rlimit limit;
  if (!getrlimit(RLIMIT_NOFILE, &limit)) setrlimit(RLIMIT_NOFILE, &limit);
  (void)!setuid(getuid());
}

}  // namespace

void callHarmlessly(const std::string& folder) {
  onFile();
  onFolder(folder);
  onSocket();
  onTask();
}

}  // namespace lsmpc::runtime
