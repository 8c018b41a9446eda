# Process 1 is refused by a `kill`, but gets no signal: the machine would end with it. Here it is a program that opens what it is told to.
mkdir -p /d && mount -t tmpfs none /d
echo x >/d/first
asked() { rm -f /d/says; kill -USR1 1; for i in 1 2 3 4 5 6 7 8 9; do [ -s /d/says ] && break; sleep 1; done; cat /d/says; }
is "the first process is this one" /cases/kill_first/first "$(readlink /proc/1/exe)"
is "it opens the file" ok "$(asked)"
works "the policy loads" lsmpctl load first.bpf.o
is "process 1 is refused" EPERM "$(asked)"
is "and lives" EPERM "$(asked)"
(exec cat /d/first) >/dev/null 2>&1
is "another process ends" 137 $?
is "so does the first process of a pid namespace, whose parent says so" 3 "$(../act unshare=pid pid=0 open /d/first r >/dev/null 2>&1; echo $?)"
lsmpctl events first >events
is "the events of process 1 say that it got no signal" 2 "$(grep '"pid":1,' events | grep -c '"verdict":"kill".*"signalled":false')"
is "the others got theirs" 2 "$(grep -v '"pid":1,' events | grep '"verdict":"kill"' | grep -vc signalled)"
works "the policy unloads" lsmpctl unload first
is "process 1 opens it again" ok "$(asked)"
umount /d
