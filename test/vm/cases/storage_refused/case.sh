# The kernel has no memory to keep a task: its fork is refused. Of a task that is not known a denial matches.
mkdir -p /d && mount -t tmpfs none /d && echo x >/d/file
group=/sys/fs/cgroup/refused
echo +memory >/sys/fs/cgroup/cgroup.subtree_control
mkdir $group
works "it loads" sh -c "echo 0 >$group/cgroup.procs && exec lsmpctl load kept.bpf.o"
is "a known task" ok "$(../act open /d/file r)"
is "a task that is not known" EACCES "$(./refuse forget /d/file 2>/run/wrong)"
is "it was forgotten" "" "$(cat /run/wrong)"
has "and that is said" "$(lsmpctl events kept)" '"unresolved":true'
# Task storage comes out of the memory of the loader's cgroup; without it there is a map that can be full.
fork=$(./refuse fork $group/memory.max 2>&1)
if [ "$fork" = ok ]; then skip "task storage is given beyond the limit"; else is "a fork that cannot be kept" ENOMEM "$fork"; fi
is "with room again" ok "$(../act by=fork open /d/file r)"
works "it unloads" lsmpctl unload kept
umount /d
