/* What is in force of the policies `marked` and `beside` (cases/runtime_kill_points/objects.sh), asked of their hooks and no command. Of one: EPERM or EACCES, its
 * version, which both hooks show; `none`; else `mixed` with what each shows. `+51`: signal 51 is in the set of `marked`. What is in force of `beside`, if anything, comes behind a
 * comma: `EPERM,EACCES`, `none,EPERM`. With LINKS: behind it what the kernel has, after it was given time to
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

enum { kTries = 3000 };

static const struct policy {
  int first, added, type; /* signals in its set, and one that may come in; of the sockets that it forbids */
} kMarked = {50, 51, SOCK_SEQPACKET}, kBeside = {52, 53, SOCK_RAW};

static const char* version(int error) { return error ? strerrorname_np(error) : "none"; }

static int killed(int number) { return kill(getpid(), number) ? errno : 0; }

static int made(int type) {
  int fd = socket(AF_UNIX, type, 0);
  if (fd < 0) return errno;
  close(fd);
  return 0;
}

static int is_none(const struct policy* policy) { return !killed(policy->first) && !made(policy->type) && !killed(policy->added); }

static void show(const struct policy* policy) {
  int first = killed(policy->first), second = made(policy->type);
  if (first == second)
    printf("%s", version(first));
  else
    printf("mixed:%s/%s", version(first), version(second));
  if (killed(policy->added)) printf("+%d", policy->added);
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
  for (int number = kMarked.first; number <= kBeside.added; number++) signal(number, SIG_IGN);
  show(&kMarked);
  if (!is_none(&kBeside)) {
    printf(",");
    show(&kBeside);
  }
  if (count > 1) {
    int wanted = atoi(words[1]);
    for (int i = 0; i < kTries && (links() != wanted || programs() != wanted); i++) usleep(10000);
    nftw("/sys/fs/bpf/lsmp", count_pin, 8, FTW_PHYS);
    printf(" links %d programs %d pins %d", links(), programs(), pins);
  }
  printf("\n");
  return 0;
}
