# Where a task comes from, by every way that there is to start one; before the load, and after a replacement.
mkdir -p /d && mount -t tmpfs none /d && mkdir /d/bin /sys/fs/cgroup/descent /sys/fs/cgroup/descent/in /sys/fs/cgroup/descent/out
for name in file own parent; do echo $name >/d/$name; done
for name in old new; do cp ../act /d/bin/$name; done
calls descent
plain=$(../act ring-worker /d/file 2>&1)
if [ "$plain" = ok ]; then calls ring; else skip "io_uring: $plain"; fi

# Four that wait: /d/bin/old itself, one that it will become, a child of it, and a daemon whose /d/bin/old has ended.
start() {
  rm -f /d/to-*; mkfifo /d/to-own /d/to-next /d/to-child /d/to-daemon
  /d/bin/old after=/d/to-own open /d/own r >/d/own-says 2>&1 &
  /d/bin/old after=/d/to-next exec=/d/bin/new open /d/file r >/d/next-says 2>&1 &
  /d/bin/old by=fork exec=/d/bin/new after=/d/to-child open /d/file r >/d/child-says 2>&1 &
  /d/bin/new by=fork exec=/d/bin/old by=daemon exec=/d/bin/new after=/d/to-daemon open /d/file r >/d/daemon-says 2>&1 &
  sleep 2
}
go() {
  for name in own next child daemon; do : >/d/to-$name; done
  wait
}
# Kernel threads have no memory of their own.
processes() { grep -l ^VmSize /proc/[0-9]*/status 2>/dev/null | wc -l; }
older() { echo "$out" | sed -n 's/^  older than this load: \([0-9]*\) processes; of their ancestors it knows those that live$/\1/p'; }
few=$(processes)
works "it loads" lsmpctl load descent.bpf.o
few_older=$(older)
start; go
is "of this policy's time: the program" EIO "$(cat /d/own-says)"
is "of this policy's time: what it becomes" EACCES "$(cat /d/next-says)"
is "of this policy's time: its child" EACCES "$(cat /d/child-says)"
is "of this policy's time: its daemon" EACCES "$(cat /d/daemon-says)"
works "it unloads" lsmpctl unload descent
start
many=$(processes)
works "it loads again" lsmpctl load descent.bpf.o
many_older=$(older)
apart=$(($(older) - few_older - many + few)) # one may end between the count and the load
if [ $apart -ge -1 ] && [ $apart -le 1 ]; then pass "it says how many are older: all that began meanwhile"; else fail "older: $apart more than began"; fi
if [ $many -gt $((few + 3)) ]; then pass "some began"; else fail "of $few processes $many are left"; fi
go
is "older: the program" EIO "$(cat /d/own-says)"
is "older: what it becomes" EACCES "$(cat /d/next-says)"
is "older: the child of a living program" EACCES "$(cat /d/child-says)"
is "older: a program that had ended is forgotten" ok "$(cat /d/daemon-says)"
start
works "it is replaced" lsmpctl load descent.bpf.o
if [ "$(older)" -le $((many_older - 4)) ]; then pass "replaced: what began since is none that is older"; else fail "replaced: $(older) are older, $many_older were"; fi
go
is "replaced: the program" EIO "$(cat /d/own-says)"
is "replaced: what it becomes" EACCES "$(cat /d/next-says)"
is "replaced: the child of a living program" EACCES "$(cat /d/child-says)"
is "replaced: a program that had ended is not forgotten" EACCES "$(cat /d/daemon-says)"
start
works "by one that asks for more" lsmpctl load more.o
go
is "replaced by more: the program" EIO "$(cat /d/own-says)"
is "replaced by more: what it becomes" EACCES "$(cat /d/next-says)"
is "replaced by more: the child of a living program" EACCES "$(cat /d/child-says)"
is "replaced by more: a program that had ended is not forgotten" EACCES "$(cat /d/daemon-says)"
works "nothing is wrong with it" lsmpctl status descent
works "it ends" lsmpctl unload descent
rmdir /sys/fs/cgroup/descent/in /sys/fs/cgroup/descent/out /sys/fs/cgroup/descent
umount /d
