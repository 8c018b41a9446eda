# Dynamic sets: what they begin with is denied, what differs from it is not; a loader that does not fill them leaves them unresolved.
mkdir -p /d && mount -t tmpfs none /d
ip link set lo up
ip address add 10.0.0.1/8 dev lo 2>/dev/null
ip -6 address add fd00:0:1::1/16 dev lo 2>/dev/null
mkdir -p /d/size /d/word
for file in secret gone secre secrets uid comm word/12345678 word/12345679; do : >"/d/$file"; done
for size in 0 3 4 4294967296; do truncate -s $size /d/size/$size; done
is "the deep file is made" ok "$(../act deep /d 21 rwc)"
longPair sets
calls sets

works "sets loads" lsmpctl load sets.bpf.o
status=$(lsmpctl status sets)
has "status names them" "$status" "set networks : cidr dynamic max 100: 5"
has "and counts each element once" "$status" "set ports : port dynamic max 1000: 2"
has "and those of a file" "$status" "set secrets : path dynamic max 100: 4"
has "and none" "$status" "set nobody : string dynamic max 1: 0"
has "in documents too" "$(lsmpctl status sets --format json)" '{"name":"users","type":"uid","max":2,"elements":2}'
is "they are pinned" 10 "$(ls /sys/fs/bpf/lsmp/sets/*/ | grep -c '^set_')"
works "an element goes while it is loaded" ./change /sys/fs/bpf/lsmp/sets/*/set_users drop 501
is "then it is denied no longer" ok "$(../act uid=501 open /d/uid r)"
works "another comes" ./change /sys/fs/bpf/lsmp/sets/*/set_users add 777
is "and is denied" EUSERS "$(../act uid=777 open /d/uid r)"
refused "one more than it has room for" "Argument list too long" ./change /sys/fs/bpf/lsmp/sets/*/set_users add 778
is "it is not in the set" ok "$(../act uid=778 open /d/uid r)"
rm /sys/fs/bpf/lsmp/sets/*/set_users
refused "a pin that is gone is a fault" 'the pin of set `users` is gone' lsmpctl status sets
is "what is in force stays" EUSERS "$(../act uid=777 open /d/uid r)"
works "loading it again mends that" lsmpctl load sets.bpf.o
is "and begins anew" EUSERS,ok "$(../act uid=501 open /d/uid r),$(../act uid=777 open /d/uid r)"
works "and nothing is missing" lsmpctl status sets
works "it unloads" lsmpctl unload sets
is "no pin is left" "" "$(ls /sys/fs/bpf/lsmp 2>/dev/null)"

works "filled: what is in the set is denied" lsmpctl load unfilled.bpf.o
is "filled: in the set" EACCES "$(../act open /d/secret r)"
is "filled: not in the set, not in" EACCES "$(../act open /d/secrets r)"
is "filled: not in the set" EBUSY "$(../act open /d/comm r)"
works "filled: unloads" lsmpctl unload unfilled
refused "unfilled: in the set" "Permission denied" ../plain unfilled.bpf.o cat /d/secret
refused "unfilled: not in the set" "Permission denied" ../plain unfilled.bpf.o cat /d/secrets
refused "unfilled: an allow does not match" "Device or resource busy" ../plain unfilled.bpf.o cat /d/comm
works "unfilled: others open" ../plain unfilled.bpf.o cat /proc/self/comm

for wrong in other_max other_type no_element; do
  refused "$wrong is refused" "is not what its manifest says" lsmpctl load $wrong.o
done
for wrong in other_name other_slot; do refused "$wrong is refused" "it has an impossible set" lsmpctl load $wrong.o; done
refused "short_element is refused" "the first elements of its sets cannot be read" lsmpctl load short_element.o
lacks "nothing of it is loaded" "$(lsmpctl list)" unfilled
umount /d
