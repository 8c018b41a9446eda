# Containers as an OCI runtime makes them: the cookbook's policies hold inside as they say, and what has nothing to do with them goes on.
module overlay
mkdir -p /c && mount -t tmpfs none /c && mkdir -p /c/layers/lower /c/layers/upper /c/layers/work /c/root /c/cg
mkdir -p /c/layers/lower/bin /c/layers/lower/etc /c/layers/lower/proc /c/layers/lower/tmp /c/layers/lower/root/.ssh /c/layers/lower/usr/bin
chmod 1777 /c/layers/lower/tmp
cp /bin/busybox /c/layers/lower/bin/busybox
for place in /act /tmp/program /usr/bin/setuid /usr/bin/plain; do cp ../act /c/layers/lower$place; done
chmod 4755 /c/layers/lower/usr/bin/setuid
for place in etc/motd root/.ssh/id_rsa secret plain; do echo x >/c/layers/lower/$place; done
mount -t overlay none -o lowerdir=/c/layers/lower,upperdir=/c/layers/upper,workdir=/c/layers/work /c/root
mount -t cgroup2 none /c/cg && mkdir -p /c/cg/pod/one
ip link set lo up
ip address add 169.254.169.254/32 dev lo 2>/dev/null
mkfifo /c/requests /c/answers
exec 5<>/c/requests 6<>/c/answers
./container /c/cg/pod/one /c/root /c/requests /c/answers &
# in WORDS…: a call of act in the container; run COMMAND: its shell
run() { echo "$*" >&5; read -t 8 -r answer <&6 || answer="no answer"; echo "$answer"; }
in_() { run "/act $*"; }
undisturbed() { is "$1: unrelated work goes on" "one two 2" "$(run 'mkdir /w; echo one >/w/a; echo two >/w/b; cat /w/a /w/b; ls /w | busybox wc -l; rm -r /w')"; }
# policy NAME ERRNO CALL NEIGHBOUR: what it denies inside, and what not
policy() {
  works "$1 loads" lsmpctl load $1.bpf.o
  is "$1 denies inside: $3" "$2" "$(in_ $3)"
  is "$1 permits inside: $4" ok "$(in_ $4)"
  undisturbed $1
  works "$1 unloads" lsmpctl unload $1
}
is "the container runs" 1 "$(run 'echo $PPID')"
undisturbed "nothing loaded"
policy inside ENOTUNIQ "open /secret r" "open /plain r"
works "again" lsmpctl load inside.bpf.o
is "by its cgroup's name from the root" ENOTUNIQ "$(in_ mkdir /made)"
is "outside nothing of it" ok "$(../act mkdir /made)"
lsmpctl unload inside >/dev/null
policy container-escape EPERM "open /proc/sys/kernel/core_pattern w" "open /proc/sys/kernel/core_pattern r"
works "again" lsmpctl load container-escape.bpf.o
is "no mounts" EPERM "$(in_ mount none /tmp tmpfs)"
is "no runtime socket" EPERM "$(in_ connect /run/docker.sock 0)"
is "no block device" EPERM "$(in_ mkblock /sda)"
is "the host may" ok "$(../act open /proc/sys/kernel/core_pattern w)"
lsmpctl unload container-escape >/dev/null
policy ssh-keys EACCES "open /root/.ssh/id_rsa r" "open /plain r"
policy read-only-etc EPERM "open /etc/motd w" "open /etc/motd r"
policy no-exec-from-writable EACCES "exec /tmp/program" "exec /usr/bin/plain"
policy no-setuid EPERM "exec /usr/bin/setuid" "exec /usr/bin/plain"
policy no-exec-from-memory EACCES "memoryexec" "exec /usr/bin/plain"
policy no-metadata-service ECONNREFUSED "connect 169.254.169.254 80" "connect 127.0.0.1 80"
policy no-raw-sockets EPERM "socket inet raw icmp" "socket inet dgram udp"
policy no-ptrace EPERM "ptrace 0 victim" "kill 0 victim 0"
exec 5>&- 6>&-
kill %1 2>/dev/null
umount /c/cg; umount -l /c/root; umount -l /c
