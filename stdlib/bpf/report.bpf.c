/* An event whose object is there is sent, the acting program's path behind the others. */
#include "scratch.h"

/* The path of the file that the acting task runs, as slot 0's string, beyond its first `before` bytes. ABSENT: a kernel thread runs none. */
LSMP_GLOBAL lsmp_u32 lsmp_program_path(lsmp_u64 before) {
  struct lsmp_scratch_value *scratch = lsmp_scratch_again(0);
  if (!scratch || before > LSMP_TAIL) return LSMP_IS_UNRESOLVED;
  lsmp_u64 mm = lsmp_word(bpf_get_current_task(), lsmp_offset(task_struct___mm, mm));
  lsmp_u64 file = mm ? lsmp_word(mm, lsmp_offset(mm_struct, exe_file)) : 0;
  if (!file) return LSMP_ABSENT;
  scratch->walk.floor = before;
  lsmp_u32 state = probedPath(0, file + lsmp_offset(file, f_path));
  scratch->walk.floor = 0;
  return state;
}

/* Slot 0's string moves behind the paths, which it stands above. Returns its length. */
static __attribute__((always_inline)) inline lsmp_u64 appendProgram(struct lsmp_scratch_value *scratch, struct lsmp_event *event, lsmp_u64 after) {
  lsmp_u64 start = scratch->strings[0].start, length = scratch->strings[0].length;
  if (length >= LSMP_TAIL || after > LSMP_TAIL || start > LSMP_PATH_BYTES) return 0;
  __asm__ volatile("%0 &= 2047" : "+r"(length));
  __asm__ volatile("%0 &= 4095" : "+r"(start));
  __asm__ volatile("%0 &= 4095" : "+r"(after));
  bpf_probe_read_kernel(&scratch->bytes[after], length, &scratch->bytes[start]);
  event->flags |= LSMP_EVENT_EXE;
  event->exe_len = length;
  return length;
}

/* `size`: bytes behind the header. `program`: the state of its path. */
LSMP_GLOBAL lsmp_u32 lsmp_send(lsmp_u64 size, lsmp_u32 program) {
  struct lsmp_scratch_value *scratch = lsmp_scratch_again(0);
  if (!scratch) return lsmp_count(LSMP_LOST);
  struct lsmp_event *event = eventIn(scratch);
  if (program == LSMP_PRESENT) size += appendProgram(scratch, event, size);
  if (event->flags & LSMP_EVENT_PATH) { /* the rules that follow find it where the event has it */
    scratch->strings[0].start = 0;
    scratch->strings[0].length = event->path_len;
  }
  size += LSMP_HEADER;
  LSMP_AT_MOST(size, LSMP_HEADER + LSMP_BYTES);
  if (size == LSMP_TOO_LONG || bpf_ringbuf_output(&lsmp_events, event, size, 0)) return lsmp_count(LSMP_LOST);
  return 0;
}

LSMP_INLINE void lsmp_report(lsmp_u64 rule_hook, lsmp_u64 result_verdict, lsmp_u32 flags, const struct lsmp_object *object, lsmp_u32 paths) {
  struct lsmp_scratch_value *scratch = object ? lsmp_scratch_for_event(0) : 0;
  if (scratch) eventIn(scratch)->object = *object;
  lsmp_u64 size = lsmp_record(rule_hook, result_verdict, flags, paths & ~LSMP_HELD);
  if (size != LSMP_TOO_LONG) lsmp_send(size, paths & LSMP_HELD ? LSMP_IS_UNRESOLVED : lsmp_program_path(size));
}

LSMP_INLINE void lsmp_report_aside(lsmp_u64 rule_hook, lsmp_u64 result_verdict, lsmp_u32 flags, const struct lsmp_object *object, lsmp_u32 paths) {
  if (lsmp_step_aside(0)) {
    lsmp_report(rule_hook, result_verdict, flags, object, paths);
    lsmp_give_back();
  } else {
    lsmp_tally(result_verdict, flags, LSMP_LOST);
  }
}

LSMP_INLINE void lsmp_target_comm(lsmp_u32 slot, struct lsmp_object *object) {
  struct lsmp_scratch_value *next = lsmp_scratch_again(1);
  lsmp_u64 start = (slot - LSMP_FIRST_TEXT_SLOT) * LSMP_TEXT_BYTES;
  __asm__ volatile("%0 &= 1536" : "+r"(start));
  if (next) bpf_probe_read_kernel(object->target_comm, 15, &next->bytes[LSMP_PATH_BYTES + start]);
}
