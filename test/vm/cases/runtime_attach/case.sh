# All hooks attach or none: the second hook of the policy has no room left.
./fill socket_listen > fill.out & fill=$!
while [ ! -s fill.out ]; do usleep 10000; done
has "the hook is full" "$(cat fill.out)" "full after"
refused "the policy is refused" "error[R024]: hook \`socket_listen\` cannot be attached: it has as many BPF programs as the kernel takes" lsmpctl load two.bpf.o
works "its first hook is not in force" ./try_once
is "nothing is left of it" "" "$(ls -A /sys/fs/bpf/lsmp)"
kill $fill; wait $fill 2> /dev/null
i=0; while ! lsmpctl load two.bpf.o > /dev/null 2>&1 && [ $i -lt 50 ]; do usleep 100000; i=$((i + 1)); done
./try_once; is "with room it loads" 1 $?

rm fill.out; ./fill socket_listen > fill.out & fill=$!
while [ ! -s fill.out ]; do usleep 10000; done
refused "its replacement is refused in the same way" "R024" lsmpctl load two.bpf.o
./try_once; is "what was in force still is" 1 $?
works "and status finds it whole" lsmpctl status two
kill $fill; wait $fill 2> /dev/null
works "nothing else has changed" lsmpctl list
