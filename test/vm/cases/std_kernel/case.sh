# std.kernel: modules, kexec, tracing, mounts, counters, memory, BPF, user namespaces, rings.
mkdir -p /k/mnt /k/mounted && mount -t tmpfs none /k/mounted
cp ../act /bin/tool
echo x >/k/file
mknod /k/memory c 1 1 && mknod /k/null c 1 3
calls kernel
case $(uname -r) in
  5.10.*) skip "userns_create and io_uring" ;;
  *) calls later ;;
esac
umount /k/mounted 2>/dev/null || true
