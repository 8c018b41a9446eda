/* bpf, perf and io_uring. */
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/io_uring.h>
#include <linux/perf_event.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "calls.h"

static long bpf(int command, union bpf_attr* attributes) { return syscall(SYS_bpf, command, attributes, sizeof(*attributes)); }

/* Linux before 5.11 counts maps and programs as locked memory of the user. */
static void unlimited(void) {
  struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY};
  setrlimit(RLIMIT_MEMLOCK, &none);
}

static void maps(void) {
  unlimited();
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof(attributes));
  attributes.map_type = BPF_MAP_TYPE_ARRAY;
  attributes.key_size = attributes.value_size = 4;
  attributes.max_entries = 1;
  at("bpf");
  close(bpf(BPF_MAP_CREATE, &attributes));
}

static void program(void) {
  unlimited();
  struct bpf_insn code[] = {{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0}, {.code = BPF_JMP | BPF_EXIT}};
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof(attributes));
  attributes.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
  attributes.insns = (uintptr_t)code;
  attributes.insn_cnt = 2;
  attributes.license = (uintptr_t)"GPL";
  at("bpf");
  close(bpf(BPF_PROG_LOAD, &attributes));
}

static void counters(void) {
  struct perf_event_attr attributes = {.type = PERF_TYPE_SOFTWARE, .size = sizeof(attributes), .config = PERF_COUNT_SW_CPU_CLOCK};
  uint64_t value;
  at("perf_event_open");
  int fd = syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0);
  at("read");
  if (read(fd, &value, sizeof(value)) < 0) return;
  at("ioctl");
  ioctl(fd, PERF_EVENT_IOC_RESET, 0);
  at("close");
  close(fd);
}

static void submit(int ring, const struct io_uring_params* parameters, const struct io_uring_sqe* entry) {
  size_t size = parameters->sq_off.array + parameters->sq_entries * sizeof(uint32_t);
  char* queue = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQ_RING);
  struct io_uring_sqe* entries =
      mmap(NULL, parameters->sq_entries * sizeof(*entry), PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQES);
  if (queue == MAP_FAILED || entries == MAP_FAILED) return;
  entries[0] = *entry;
  ((uint32_t*)(queue + parameters->sq_off.array))[0] = 0;
  *(volatile uint32_t*)(queue + parameters->sq_off.tail) += 1;
  at("io_uring_enter");
  syscall(SYS_io_uring_enter, ring, 1, 0, 0, NULL, 0);
}

/* An entry that runs with the credentials registered before, and one for a device that takes commands (46: IORING_OP_URING_CMD). */
static void rings(void) {
  struct io_uring_params parameters = {0};
  at("io_uring_setup");
  int ring = syscall(SYS_io_uring_setup, 4, &parameters);
  at("io_uring_register");
  int personality = syscall(SYS_io_uring_register, ring, IORING_REGISTER_PERSONALITY, NULL, 0);
  struct io_uring_sqe entry = {.opcode = IORING_OP_NOP, .personality = personality};
  submit(ring, &parameters, &entry);
  struct io_uring_params others = {0};
  int second = syscall(SYS_io_uring_setup, 4, &others);
  struct io_uring_sqe command = {.opcode = 46, .fd = open("/dev/null", O_RDWR)};
  submit(second, &others, &command);
}

static void pollingRing(void) {
  struct io_uring_params parameters = {.flags = IORING_SETUP_SQPOLL};
  at("io_uring_setup");
  close(syscall(SYS_io_uring_setup, 4, &parameters));
}

RUN_GROUPS(maps, program, counters, rings, pollingRing)
