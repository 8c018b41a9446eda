# What a host must have: each thing taken away is named, and nothing is loaded.
no() { what=$1 text=$2; shift 2; out=$("$@" 2>&1); is "$what: exit" 2 $?; has "$what" "$out" "$text"; }
chmod 755 . /cases
no "not root" "error[R004]: this needs root, the caller is uid 65534" ./as nobody lsmpctl load plain.bpf.o
no "not root: list" "error[R004]" ./as nobody lsmpctl list
no "root without capabilities" "error[R005]: CAP_SYS_ADMIN is missing" ./as bare lsmpctl load plain.bpf.o
no "a user namespace" "error[R007]" unshare -U -r lsmpctl load plain.bpf.o
no "a bpffs of a mount namespace" "error[R041]: the bpffs on \`/sys/fs/bpf\` is not the one that process 1 sees" \
  unshare -m sh -c 'mount -t bpf own /sys/fs/bpf && lsmpctl load plain.bpf.o'
no "a PID namespace" "error[R041]" unshare -p -f lsmpctl load plain.bpf.o
no "no bpffs" "error[R006]: \`/sys/fs/bpf\` is not a bpffs" unshare -m sh -c 'umount /sys/fs/bpf; lsmpctl load plain.bpf.o'
no "no securityfs" "error[R002]" unshare -m sh -c 'umount /sys/kernel/security; lsmpctl load plain.bpf.o'
has "says how to mount it" "$out" "mount -t securityfs securityfs /sys/kernel/security"
echo 2 > /proc/sys/kernel/kptr_restrict
no "hidden addresses" "error[R042]: the kernel hides its addresses" lsmpctl load plain.bpf.o
echo 1 > /proc/sys/kernel/kptr_restrict
no "no BTF" "error[R003]" unshare -m sh -c 'mount -t tmpfs none /sys/kernel/btf; lsmpctl load plain.bpf.o'
no "doctor without bpffs" "MISSING  bpffs" unshare -m sh -c 'umount /sys/fs/bpf; lsmpctl doctor'
has "says how to get it" "$out" "mount -t bpf bpf /sys/fs/bpf"
has "and that nothing can be loaded" "$out" "policies cannot be loaded here"
out=$(unshare -m sh -c 'umount /sys/fs/bpf; umount /sys/kernel/security; lsmpctl load plain.bpf.o' 2>&1)
has "several reasons come at once" "$out" "R006"; has "the other too" "$out" "R002"

rmdir /sys/fs/bpf/lsmp 2> /dev/null
./as nobody mkdir -m 777 /sys/fs/bpf/lsmp
no "a pin folder that somebody made in advance" "error[R040]: \`/sys/fs/bpf/lsmp\` belongs to uid 65534" lsmpctl load plain.bpf.o
rmdir /sys/fs/bpf/lsmp
ln -s /tmp /sys/fs/bpf/lsmp
no "a pin folder that is a link" "error[R009]" lsmpctl load plain.bpf.o
rm /sys/fs/bpf/lsmp
works "then it loads" lsmpctl load plain.bpf.o
no "a bpffs that cannot be written" "error[R026]" sh -c 'lsmpctl unload --all; mount -o remount,ro /sys/fs/bpf; lsmpctl load plain.bpf.o; code=$?; mount -o remount,rw /sys/fs/bpf; exit $code'
is "leaves nothing" "no policy is loaded" "$(lsmpctl list)"
refused "nobody but root unloads" "R004" ./as nobody lsmpctl unload --all
