# std.integrity: pins, links and the loader, and that lsmpctl unloads all the same.
mkdir -p /i && mount -t tmpfs none /i && mkdir /i/mnt /i/pins && mount -t bpf none /i/pins
for name in tool follower other; do cp ../act /bin/$name; done
calls integrity
works "it loads" lsmpctl load integrity.bpf.o
pins=/sys/fs/bpf/lsmp/integrity/1
refused "a pin is not removed" "not permitted" rm $pins/manifest
refused "nor renamed" "not permitted" mv $pins/manifest $pins/other
refused "nor is one made" "not permitted" mkdir $pins/more
is "nor is a map opened" EPERM "$(../act bpfget $pins/manifest)"
is "but by a program that may" ok "$(/bin/tool bpfget $pins/manifest)"
works "the other pins are others'" sh -c 'mkdir /sys/fs/bpf/others && rmdir /sys/fs/bpf/others'
works "lsmpctl unloads" lsmpctl unload integrity
umount /i/pins 2>/dev/null
umount /i
