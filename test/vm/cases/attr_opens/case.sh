# Attributes of how a file was opened; of what is mapped; of files' flags.
mkdir -p /d && mount -t tmpfs -o mode=755 none /d && mkdir /d/lower /d/upper /d/work /d/folder /d/over
module overlay
for name in file lower/file; do echo 01234 >/d/$name; done
mount -t overlay -o lowerdir=/d/lower,upperdir=/d/upper,workdir=/d/work none /d/over
mknod /d/zero c 1 5; mknod /d/mem c 1 1
calls opens
case $(uname -r) in
  5.10.* | 6.1.*) skip "file_truncate, file_post_open, flags" ;;
  6.12.*) calls later; skip "flags" ;;
  *) calls later; calls flags ;;
esac
umount /d/over /d
