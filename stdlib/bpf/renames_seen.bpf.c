/* One look at rename_lock for a climb in place of two. */
#include "cached_path.h"

/* Even: a climb beside a rename is none. */
static __attribute__((always_inline)) inline void noteRenames(lsmp_u32 renames) {
  struct lsmp_cached_path *entry = entryAt(1 << LSMP_CACHED_LOG);
  if (entry && !(renames & 1)) entry->seen = (epochNow() + 1) << 32 | renames;
}

/* What the renames had come to when somebody last looked, which is now if that was in other minutes: a climb that finds them so at its end has had none beside
 * it, and need not look before. */
static __attribute__((always_inline)) inline lsmp_u32 renamesSeen(void) {
  struct lsmp_cached_path *entry = entryAt(1 << LSMP_CACHED_LOG);
  if (entry) {
    lsmp_u64 seen = entry->seen;
    if ((lsmp_u32)(seen >> 32) == (lsmp_u32)epochNow() + 1) return seen;
  }
  lsmp_u32 renames = renamesNow();
  noteRenames(renames);
  return renames;
}
