# `exe` and `ancestor.exe`: kept from exec and fork on, read once for what is older than the policy.
mkdir -p /d && mount -t tmpfs none /d && mkdir /d/bin /d/other
for name in secret child own parent; do echo $name >/d/$name; done
for name in cat sh busybox; do cp /bin/busybox /d/bin/$name; done
mkfifo /d/orders /d/wait
refusal="not permitted" child="denied" own="Read-only"

# Older than the policy: a shell that takes orders, and a cat that it has started and that waits.
/d/bin/sh -c '/d/bin/cat /d/wait /d/child >/d/waited 2>&1 & while read -r order </d/orders; do eval "$order"; done' 2>/d/orders.errors &
old=$!
sleep 1
works "it loads" lsmpctl load exe.bpf.o
echo '/d/bin/cat /d/secret >/d/answer 2>&1' >/d/orders; sleep 1
says secret "an allowed program that an older one starts" cat /d/answer
echo '/d/bin/busybox cat /d/child >/d/answer 2>&1' >/d/orders; sleep 1
says "$child" "what an older program starts descends from it" cat /d/answer
echo '(read -r line </d/own) 2>/d/answer; true' >/d/orders; sleep 1
says "$own" "an older program is what it runs" cat /d/answer
echo >/d/wait; sleep 1
says "$child" "what was started before the load descends from its living parent" cat /d/waited
kill $old 2>/dev/null

says secret "an allowed program" /d/bin/cat /d/secret
says "$refusal" "another program" /d/bin/busybox cat /d/secret
says "$refusal" "the shell of this test" cat /d/secret
says secret "an allowed program, from another one" /d/bin/busybox env /d/bin/cat /d/secret
says "$own" "two names in a set" /d/bin/busybox cat /d/own
says own "a third is not in it" /d/bin/cat /d/own
# A link is no new name of the program: the path is the file's that was executed.
ln -s /d/bin/busybox /d/other/zcat; ln /d/bin/busybox /d/bin/lcat
says "$refusal" "a symbolic link to another program" /d/other/zcat -f /d/secret
# Descent: child, exec in place, grandchild, daemon, a thread's worth of subshells.
says child "no shell before it" /d/bin/cat /d/child
says "$child" "a child" /d/bin/sh -c '/d/bin/cat /d/child; true'
says "$child" "an exec in place" /d/bin/sh -c 'exec /d/bin/cat /d/child'
says "$child" "a fork alone" /d/bin/sh -c '(read -r line </d/child) 2>&1; true'
says "$child" "a grandchild" /d/bin/sh -c '/d/bin/busybox env /d/bin/busybox cat /d/child; true'
/d/bin/sh -c '/d/bin/busybox setsid /d/bin/busybox sh -c "sleep 1; exec /d/bin/cat /d/child" >/d/daemon 2>&1 &'
sleep 3
says "$child" "a daemon whose parents are gone" cat /d/daemon
says "argument out of domain" "a child of that program" /d/bin/sh -c '/d/bin/cat /d/parent; true'
says parent "a grandchild is none" /d/bin/sh -c '/d/bin/busybox sh -c "/d/bin/cat /d/parent; true"; true'
says parent "nor is the program itself" /d/bin/sh -c 'exec /d/bin/cat /d/parent'
/d/bin/busybox sleep 100 & busy=$!
/d/bin/sh -c 'read -r line </d/wait' & shell=$!
sleep 1
says "$child" "a signal to a program" kill -USR2 $busy
works "another signal to it" kill -CONT $busy
says "$child" "the folder of a program" ls /proc/$shell/cwd/
works "the folder of another" ls /proc/$busy/cwd/
kill $busy $shell
# A mount namespace of the task's own user namespace: its paths are no names.
if unshare -Ur true 2>/dev/null; then
  says "$refusal" "a program bound over an allowed one, in a namespace of its own" \
    unshare -Urm sh -c 'mount --bind /d/bin/busybox /d/bin/cat && /d/bin/cat cat /d/secret || /d/bin/cat /d/secret'
  says "$refusal" "nor is the allowed one itself there" unshare -Urm /d/bin/cat /d/secret
else
  skip "no user namespaces here"
fi
says secret "the namespace was another's" /d/bin/cat /d/secret
works "status is without faults" sh -c 'lsmpctl status exe'
lsmpctl events exe >events
has "the events are this policy's" "$(cat events)" '"message":"child"'
works "it unloads" lsmpctl unload exe
says secret "nothing is left" /d/bin/busybox cat /d/secret
calls who
lsmpctl unload --all >/dev/null
works "one for kernels without task storage loads" lsmpctl load older.bpf.o
says secret "it knows what was started since" /d/bin/cat /d/secret
says "$refusal" "and denies the others" /d/bin/busybox cat /d/secret
umount /d
