/* A call that is under way while policies change. A program of ours on file_open reads memory of the caller that is not there until the second command has ended: the
 * call waits in it, behind the programs that the first command has attached and before those that were there already. Usage: held FILE COMMAND COMMAND, each for
 * a shell; opens FILE between them and prints what became of that. */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "test/vm/expect.h"

enum { kPage = 4096, kLongest = 20000 /* milliseconds */ };

static const char* file;
static char* page;
static volatile int opener, go, result;

static void must(int failed, const char* what) {
  if (!failed) return;
  printf("not ok %s: cannot %s: %s\n", getenv("CASE"), what, strerror(errno));
  exit(1);
}

static int missingPage(void) {
  int faults = syscall(SYS_userfaultfd, O_CLOEXEC);
  must(faults < 0, "be asked for pages");
  struct uffdio_api api = {.api = UFFD_API};
  must(ioctl(faults, UFFDIO_API, &api), "agree on pages");
  page = mmap(NULL, kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  must(page == MAP_FAILED, "have a page");
  struct uffdio_register area = {{(unsigned long)page, kPage}, UFFDIO_REGISTER_MODE_MISSING, 0};
  must(ioctl(faults, UFFDIO_REGISTER, &area), "leave the page out");
  return faults;
}

static int fileOpen(void) {
  struct btf* kernel = btf__load_vmlinux_btf();
  return kernel ? btf__find_by_name_kind(kernel, "bpf_lsm_file_open", BTF_KIND_FUNC) : -1;
}

/* Where the current thread is the opener: reads the page. Then permits. */
static void attachWaiting(void) {
  unsigned long long from = (unsigned long long)page;
  struct bpf_insn code[] = {
      {.code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_get_current_pid_tgid},
      {.code = BPF_ALU | BPF_MOV | BPF_X, .dst_reg = BPF_REG_0, .src_reg = BPF_REG_0},
      {.code = BPF_JMP | BPF_JNE | BPF_K, .dst_reg = BPF_REG_0, .off = 6, .imm = opener},
      {.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = BPF_REG_1, .src_reg = BPF_REG_10},
      {.code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = BPF_REG_1, .imm = -8},
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_2, .imm = 8},
      {.code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = BPF_REG_3, .imm = (int)from},
      {.imm = (int)(from >> 32)},
      {.code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_copy_from_user},
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0},
      {.code = BPF_JMP | BPF_EXIT},
  };
  LIBBPF_OPTS(bpf_prog_load_opts, options, .expected_attach_type = BPF_LSM_MAC, .attach_btf_id = fileOpen(), .prog_flags = BPF_F_SLEEPABLE);
  int program = bpf_prog_load(BPF_PROG_TYPE_LSM, "held", "GPL", code, sizeof code / sizeof *code, &options);
  must(program < 0, "load the program that waits");
  must(bpf_raw_tracepoint_open(NULL, program) < 0, "attach the program that waits");
}

/* The kernel frees a program that was detached although such a call is to come to it (seen: 6.1 panics), so all that are there stay. */
static void keepPrograms(void) {
  unsigned id = 0;
  while (!bpf_prog_get_next_id(id, &id)) must(bpf_prog_get_fd_by_id(id) < 0, "keep the programs");
}

static void* openIt(void* unused) {
  opener = syscall(SYS_gettid);
  while (!go) usleep(1000);
  int fd = open(file, O_RDONLY);
  result = fd < 0 ? errno : 0;
  return unused;
}

int main(int count, char** arguments) {
  pthread_t thread;
  struct uffd_msg asked;
  if (count != 4) return 2;
  file = arguments[1];
  int faults = missingPage();
  must(pthread_create(&thread, NULL, openIt, NULL), "have a thread");
  while (!opener) usleep(1000);
  attachWaiting();
  must(system(arguments[2]), arguments[2]);
  go = 1;
  struct pollfd wait = {.fd = faults, .events = POLLIN};
  must(poll(&wait, 1, kLongest) != 1 || read(faults, &asked, sizeof asked) != sizeof asked, "see that the call waits");
  keepPrograms();
  must(system(arguments[3]), arguments[3]);
  struct uffdio_zeropage zeros = {{(unsigned long)page, kPage}, 0, 0};
  must(ioctl(faults, UFFDIO_ZEROPAGE, &zeros), "let it go on");
  pthread_join(thread, NULL);
  printf("%s\n", result ? strerrorname_np(result) : "opened");
  return 0;
}
