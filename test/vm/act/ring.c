/* Calls that io_uring makes: by a worker of the kernel's, not by the thread that asks. */
#include <fcntl.h>
#include <linux/io_uring.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "test/vm/act/act.h"

struct ring {
  int fd;
  struct io_uring_params about;
  char *submitted, *completed;
  struct io_uring_sqe* entries;
};

static void* mapped(int fd, size_t size, off_t what) {
  void* memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, what);
  if (memory == MAP_FAILED) giveUp("map the ring");
  return memory;
}

static struct ring makeRing(unsigned flags) {
  struct ring ring = {.about = {.flags = flags, .sq_thread_idle = 100}};
  ring.fd = syscall(SYS_io_uring_setup, 4, &ring.about);
  if (ring.fd < 0) giveUp("make an io_uring");
  const struct io_uring_params* about = &ring.about;
  ring.submitted = mapped(ring.fd, about->sq_off.array + about->sq_entries * sizeof(uint32_t), IORING_OFF_SQ_RING);
  ring.completed = mapped(ring.fd, about->cq_off.cqes + about->cq_entries * sizeof(struct io_uring_cqe), IORING_OFF_CQ_RING);
  ring.entries = mapped(ring.fd, about->sq_entries * sizeof *ring.entries, IORING_OFF_SQES);
  return ring;
}

static long openBy(const char* path, unsigned ring_flags, unsigned entry_flags) {
  struct ring ring = makeRing(ring_flags);
  ring.entries[0] = (struct io_uring_sqe){.opcode = IORING_OP_OPENAT, .flags = entry_flags, .fd = AT_FDCWD, .addr = (uintptr_t)path, .open_flags = O_RDONLY};
  *(uint32_t*)(ring.submitted + ring.about.sq_off.array) = 0;
  __atomic_store_n((uint32_t*)(ring.submitted + ring.about.sq_off.tail), 1, __ATOMIC_RELEASE);
  unsigned wake = ring_flags & IORING_SETUP_SQPOLL ? IORING_ENTER_SQ_WAKEUP : 0;
  if (syscall(SYS_io_uring_enter, ring.fd, 1, 1, IORING_ENTER_GETEVENTS | wake, NULL, 0) < 0) giveUp("ask the ring");
  int result = ((struct io_uring_cqe*)(ring.completed + ring.about.cq_off.cqes))->res;
  if (result >= 0) return result;
  errno = -result;
  return -1;
}

/* FILE: opened by a worker thread, or by the thread that polls the ring. */
static long openByWorker(char** words) { return openBy(words[0], 0, IOSQE_ASYNC); }
static long openByPoller(char** words) { return openBy(words[0], IORING_SETUP_SQPOLL, 0); }

const struct call ring_calls[] = {{"ring-worker", 1, openByWorker}, {"ring-poller", 1, openByPoller}, {0}};
