# 100,000 paths, networks of both families and numbers: denied at both ends and in the middle, their neighbours are not.
mkdir -p /d && mount -t tmpfs none /d
ip link set lo up
ip address add 10.0.0.1/8 dev lo 2>/dev/null
ip -6 address add fd00:0:1::1/16 dev lo 2>/dev/null
mkdir -p /d/size /d/set/p00 /d/set/p50 /d/set/p99 /d/mixed /d/wild
for file in set/p00/file-0 set/p00/file-50000 set/p50/file-50000 set/p50/file-50000x set/p50/file-5000 set/p99/file-99999 set/p99/file-100000 \
  other uid comm mixed/199 mixed/200 wild/1; do
  : >"/d/$file"
done
for size in 0 5 500004 500005 999994 999995; do truncate -s $size /d/size/$size; done
is "the deep file is made" ok "$(../act deep /d 21 rwc)"
# More than one block of 512 bytes is compared.
longPair big
calls big
refused "under the plain loader too" "Permission denied" ../plain big.bpf.o cat /d/set/p50/file-50000
works "and its neighbour opens" ../plain big.bpf.o cat /d/set/p50/file-5000
umount /d
