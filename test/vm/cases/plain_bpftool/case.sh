# bpftool 7.1 loads and pins the object. It has no command that attaches an LSM program: `attach.c` makes the one system call.
echo text > /tmp/plain
out=$(/usr/sbin/bpftool prog loadall plain.bpf.o /sys/fs/bpf/plain 2>&1); code=$?
if [ "$(uname -r | cut -d. -f1-2)" = 5.10 ] && [ $code != 0 ]; then
  has "5.10: bpftool cannot leave out a map that the kernel lacks" "$out" "lsmp_scratch"
else
  is "bpftool loads and pins it" 0 $code
  has "the program is there" "$(ls /sys/fs/bpf/plain)" "lsmp_file_open"
  works "a loaded program alone denies nothing" cat /tmp/plain
  ./attach /sys/fs/bpf/plain/lsmp_file_open /sys/fs/bpf/plain/link; is "the pinned program is attached" 0 $?
  refused "it denies" "Operation not permitted" cat /tmp/plain
  works "its neighbour opens" cat /proc/self/comm
  has "bpftool shows the link" "$(/usr/sbin/bpftool link show)" "attach_type lsm_mac"
  rm -r /sys/fs/bpf/plain
  i=0; while ! cat /tmp/plain > /dev/null 2>&1 && [ $i -lt 50 ]; do usleep 100000; i=$((i + 1)); done
  works "without its pins it permits" cat /tmp/plain
fi
