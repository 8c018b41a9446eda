/* The signal of a `kill`, to the acting process: the system call that was refused ends with it. */
#include "scratch.h"

#define LSMP_INIT_PID 1

LSMP_INLINE lsmp_u32 lsmp_kill(lsmp_u32 signal, lsmp_u32 audit) {
  if (audit) return 0;
  if (bpf_get_current_pid_tgid() >> 32 == LSMP_INIT_PID || bpf_send_signal(signal)) return LSMP_EVENT_NOT_SIGNALLED;
  return 0;
}
