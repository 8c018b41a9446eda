# Attributes of the acting process down, a hook of each family across: actors.table and hooks.table, of which ../../actor_cells.py makes a policy and its calls.
mkdir -p /d /g /dev/pts && mount -t tmpfs none /d && mount -t cgroup2 none /g
mount -t devpts none /dev/pts 2>/dev/null || true
[ -e /dev/ptmx ] || mknod /dev/ptmx c 5 2
mkdir /d/m /g/yes /g/no && echo x >/d/file && echo x >/d/mode
for name in yes no runs; do cp ../act /d/$name; done
for name in yes no; do printf '#!/d/runs script=\n' >/d/$name.script && chmod 755 /d/$name.script; done
echo 0 >/proc/sys/kernel/dmesg_restrict
calls actors
rmdir /g/yes /g/no
umount /g /d
