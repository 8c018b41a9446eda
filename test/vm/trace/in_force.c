/* What is in force of the policy `marked` (cases/runtime_kill_points/objects.sh), asked of its hooks and no command: EPERM or EACCES, its version, which both hooks
 * show; `none`; else `mixed` with what each shows. `+51`: signal 51 is in its set. With LINKS: behind it what the kernel has, after it was given time to
 * come down to LINKS links and as many programs of BPF LSM: `EPERM links 2 programs 2 pins 12`. Usage: in_force [LINKS] */
#include <bpf/bpf.h>
#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { kFirst = 50, kAdded = 51, kTries = 300 };

static const char* version(int error) { return error ? strerrorname_np(error) : "none"; }

static int killed(int number) { return kill(getpid(), number) ? errno : 0; }

static int made(void) {
  int fd = socket(AF_UNIX, SOCK_SEQPACKET, 0);
  if (fd < 0) return errno;
  close(fd);
  return 0;
}

static void show(void) {
  int first = killed(kFirst), second = made();
  if (first == second)
    printf("%s", version(first));
  else
    printf("mixed:%s/%s", version(first), version(second));
  if (killed(kAdded)) printf("+%d", kAdded);
}

static int links(void) {
  int count = 0;
  for (unsigned id = 0; !bpf_link_get_next_id(id, &id);) {
    struct bpf_link_info info = {0};
    unsigned size = sizeof info;
    int fd = bpf_link_get_fd_by_id(id);
    count += fd >= 0 && !bpf_obj_get_info_by_fd(fd, &info, &size) && info.type == BPF_LINK_TYPE_TRACING &&
             info.tracing.attach_type == BPF_LSM_MAC;
    if (fd >= 0) close(fd);
  }
  return count;
}

static int programs(void) {
  int count = 0;
  for (unsigned id = 0; !bpf_prog_get_next_id(id, &id);) {
    struct bpf_prog_info info = {0};
    unsigned size = sizeof info;
    int fd = bpf_prog_get_fd_by_id(id);
    count += fd >= 0 && !bpf_obj_get_info_by_fd(fd, &info, &size) && info.type == BPF_PROG_TYPE_LSM;
    if (fd >= 0) close(fd);
  }
  return count;
}

static int pins;

static int count_pin(const char* path, const struct stat* status, int type, struct FTW* place) {
  (void)path, (void)status, (void)type;
  pins += place->level > 0;
  return 0;
}

int main(int count, char** words) {
  for (int number = kFirst; number <= kAdded; number++) signal(number, SIG_IGN);
  show();
  if (count > 1) {
    int wanted = atoi(words[1]);
    for (int i = 0; i < kTries && (links() != wanted || programs() != wanted); i++) usleep(10000);
    nftw("/sys/fs/bpf/lsmp", count_pin, 8, FTW_PHYS);
    printf(" links %d programs %d pins %d", links(), programs(), pins);
  }
  printf("\n");
  return 0;
}
