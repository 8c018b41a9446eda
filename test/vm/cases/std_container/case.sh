# std.container: the ways out of one. A container here is a task in pid and mount namespaces of its own.
mkdir -p /c && mount -t tmpfs none /c && mkdir /c/proc /c/sysctl /c/cgroup /c/mnt
mount -t proc none /c/proc && mount --bind /proc/sys /c/sysctl
mount -t cgroup -o none,name=lsmp none /c/cgroup
mknod /c/disk b 7 0 && mknod /c/memory c 1 1 && mknod /c/null c 1 3
cp ../act /bin/tool && ln -s /c/docker.sock /c/link
calls container
umount /c/proc /c/sysctl /c/cgroup
umount -l /c
