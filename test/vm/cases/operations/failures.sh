# Rows of "When something fails" that no other case shows. The service watches, `old` is in its folder.
: >journal
rm -r /sys/fs/bpf/lsmp/web
comes "all pins of a policy removed: a watcher loads it again" "web: loaded (generation 1 is in force): somebody had unloaded it" journal
old "all pins removed, loaded again"

# A kernel that a policy has no place on.
: >journal
install -m 644 later.bpf.o /etc/lsmp/policies/
comes "no place on this kernel: told" "error[R020]: the kernel $(uname -r) has no hook \`file_truncate\`" journal
has "no place on this kernel: its fate" "$(cat journal)" "later: failed"
old "no place on this kernel: the others"
rm /etc/lsmp/policies/later.bpf.o
comes "no place on this kernel: it is taken out" "all is as the folder has it" journal

# The bpffs goes: lazily under the watcher, which keeps it, then at once.
refused "a watcher keeps the bpffs busy" "Device or resource busy" umount /sys/fs/bpf
umount -l /sys/fs/bpf
says "error[R006]" "unmounted lazily: told" lsmpctl status
says "503 Service Unavailable" "unmounted lazily: metrics" wget -O - http://127.0.0.1:15767/metrics
old "unmounted lazily: what the watcher holds"
: >journal
works "it is mounted again" page 'mount -t bpf bpf /sys/fs/bpf'
comes "unmounted lazily: the watcher loads again" "web: loaded" journal
mv /etc/lsmp/policies/web.bpf.o web.kept; lsmpctl apply --allow-empty /etc/lsmp/policies >/dev/null
old "unmounted lazily: out of reach, and in force"
page 'systemctl restart lsmp'
i=0; while [ $i -lt 100 ] && [ "$(opened)" != x ]; do i=$((i + 1)); usleep 100000; done
none "unmounted lazily: the watcher has ended"
mv web.kept /etc/lsmp/policies/web.bpf.o
page 'systemctl disable --now lsmp.service'
lsmpctl apply /etc/lsmp/policies >/dev/null
old "applied"
umount /sys/fs/bpf
none "unmounted"
says "error[R006]: \`/sys/fs/bpf\` is not a bpffs" "unmounted: told" lsmpctl list
mount -t bpf bpf /sys/fs/bpf
page 'systemctl enable --now lsmp.service'
comes "unmounted: loaded again" "web: loaded" journal
old "unmounted, loaded again"
