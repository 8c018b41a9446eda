# What a task can do to pass for another program gains nothing.
mkdir -p /d && mount -t tmpfs none /d && mkdir -p /d/bin /d/evil /d/other /d/fake/d/bin /d/fake/real
for name in secret trusted fake/secret; do echo x >/d/$name; done
for name in bin/allowed bin/evil evil/allowed evil/evil fake/d/bin/allowed; do cp ../act /d/$name; done
ln /d/bin/allowed /d/bin/linked
ln -s /d/bin/allowed /d/other/symbolic
ln -s /d/bin/evil /d/bin/symbolic
printf '#!/d/bin/evil script=\n' >/d/other/allowed
printf '#!/d/bin/allowed script=\n' >/d/other/helped
chmod 755 /d/other/allowed /d/other/helped
calls spoof
module overlay
plain=$(../act unshare=user unshare=mnt overlay=/d/evil:/d/bin exec=/d/bin/allowed open /d/secret r 2>&1)
if [ "$plain" = ok ]; then calls overlay; else skip "no overlay in user namespaces: $plain"; fi

# Renamed while it runs: it stays what its exec was told; who may rename programs decides what a name is.
mkfifo /d/go
works "it loads" lsmpctl load spoof.bpf.o
/d/bin/allowed after=/d/go open /d/secret r >/d/says &
running=$!
sleep 1
says "Permission denied" "the hand of another, which ptrace would lead" ls /proc/$running/cwd/
mv /d/bin/allowed /d/bin/renamed
: >/d/go
wait
is "an allowed program that was renamed meanwhile" ok "$(cat /d/says)"
is "the renamed program, executed" EPERM "$(/d/bin/renamed open /d/secret r)"
/d/bin/renamed after=/d/go open /d/secret r >/d/says &
sleep 1
mv /d/bin/renamed /d/bin/allowed
: >/d/go
wait
is "one that got the name after its exec" EPERM "$(cat /d/says)"
is "the name again" ok "$(/d/bin/allowed open /d/secret r)"
# The kernel's own threads are no program: one of them executes what modules are asked from.
cp ../act /d/bin/helper
helper=$(cat /proc/sys/kernel/modprobe)
echo /d/bin/helper >/proc/sys/kernel/modprobe
lsmpctl events spoof >/dev/null
is "a program executes the helper" ok "$(../act exec /d/bin/helper)"
../act socket 30 raw 0 >/dev/null 2>&1
echo "$helper" >/proc/sys/kernel/modprobe
lsmpctl events spoof >events
has "a kernel thread has no program" "$(cat events)" '"message":"kernel-thread"'
is "who has one is not meant" "" "$(grep kernel-thread events | grep '"comm":"act"')"
works "it unloads" lsmpctl unload spoof
# Older than the policy: in a user namespace of its own it may have named another file.
mkfifo /d/go-own /d/go-host
/d/bin/allowed unshare=user after=/d/go-own open /d/secret r >/d/own-says 2>&1 &
/d/bin/allowed after=/d/go-host open /d/secret r >/d/host-says 2>&1 &
sleep 1
works "it loads over them" lsmpctl load spoof.bpf.o
: >/d/go-own
: >/d/go-host
wait
is "older, in a user namespace of its own" EPERM "$(cat /d/own-says)"
is "older, in the host's" ok "$(cat /d/host-says)"
works "it unloads" lsmpctl unload spoof
umount /d
