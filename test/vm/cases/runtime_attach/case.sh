# All hooks attach or none: the second hook of the policy has no room left.
touch /tmp/attach && mkdir -p /tmp/attach_folder
./fill path_rmdir > fill.out & fill=$!
while [ ! -s fill.out ]; do usleep 10000; done
has "the hook is full" "$(cat fill.out)" "full after"
refused "the policy is refused" "error[R024]: hook \`path_rmdir\` cannot be attached: it has as many BPF programs as the kernel takes" lsmpctl load two.bpf.o
works "its first hook is not in force" cat /tmp/attach
is "nothing is left of it" "" "$(ls -A /sys/fs/bpf/lsmp)"
kill $fill; wait $fill 2> /dev/null
i=0; while ! lsmpctl load two.bpf.o > /dev/null 2>&1 && [ $i -lt 50 ]; do usleep 100000; i=$((i + 1)); done
refused "with room it loads" "Operation not permitted" cat /tmp/attach

./fill path_rmdir > fill.out & fill=$!
usleep 300000; while [ ! -s fill.out ]; do usleep 10000; done
refused "its replacement is refused in the same way" "R024" lsmpctl load two.bpf.o
refused "what was in force still is" "Operation not permitted" cat /tmp/attach
refused "on both hooks" "Operation not permitted" rmdir /tmp/attach_folder
works "and status finds it whole" lsmpctl status two
kill $fill; wait $fill 2> /dev/null
