# Attributes of the acting process: who, and where.
mkdir -p /d /g /dev/pts && mount -t tmpfs none /d && mount -t cgroup2 none /g
mount -t devpts none /dev/pts 2>/dev/null || true
[ -e /dev/ptmx ] || mknod /dev/ptmx c 5 2
for name in ppid egid login no-login parent tty no-tty group top glob deep ns-mnt ns-pid ns-net ns-user container host; do echo x >/d/$name; done
x=$(printf '%0200d' 0)
mkdir -p /g/a/b /g/ab /g/$x/$x/$x && ln -s /g/$x/$x /d/long && ln -s /g/$x/$x/$x /d/longer
calls process
calls places
rmdir /g/a/b /g/a /g/ab /g/$x/$x/$x /g/$x/$x /g/$x
umount /g /d
