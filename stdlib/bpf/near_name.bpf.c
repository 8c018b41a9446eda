/* What the names next to a file say of its path before that is walked (compiler/match/near_names.h). */
#include "scratch.h"

/* 0: the file's own name, or that of its folder (`above`), is not the one of `length` bytes in the words. What has its name from a mount is not
 * looked at: 1. A name that is not within the dentry is compared by its length. */
LSMP_INLINE lsmp_u32 lsmp_may_be_near(const struct file *file, lsmp_u32 above, lsmp_u64 length, lsmp_u64 first, lsmp_u64 second, lsmp_u64 third) {
  if (lsmp_null(file)) return 1;
  const struct dentry *dentry = file->f_path.dentry;
  const struct vfsmount *mount = file->f_path.mnt;
  const void *root = mount->mnt_root;
  if (dentry == root) return 1;
  if (above) {
    dentry = dentry->d_parent;
    if (dentry == root) return 1;
  }
  if (dentry->d_name.len != length) return 0;
  if (length > LSMP_LOADED_NAME) return 1;
  const lsmp_u64 *words = (const void *)dentry + shortNameAt();
  lsmp_u64 last = length % 8 ? (1ULL << length % 8 * 8) - 1 : ~0ULL;
  if ((words[0] & (length > 8 ? ~0ULL : last)) != first) return 0;
  if (length > 8 && (words[1] & (length > 16 ? ~0ULL : last)) != second) return 0;
  return length <= 16 || (words[2] & last) == third;
}
