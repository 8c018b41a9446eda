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
# The pin holds the map that is the set; another in its place would be another set at once.
works "an element goes while it is loaded" ./change /sys/fs/bpf/lsmp/sets/*/set_users drop 501
is "then it is denied no longer" ok "$(../act uid=501 open /d/uid r)"
works "another comes" ./change /sys/fs/bpf/lsmp/sets/*/set_users add 777
is "and is denied" EUSERS "$(../act uid=777 open /d/uid r)"
refused "one more than it has room for" "Argument list too long" ./change /sys/fs/bpf/lsmp/sets/*/set_users add 778
is "it is not in the set" ok "$(../act uid=778 open /d/uid r)"
# By command, in the words of a set's file.
is "what is in it" 503,777 "$(lsmpctl set sets.users list | tr '\n' ',' | sed 's/,$//')"
is "in documents too" '{"schema":"lsmp-set","version":1,"set":"sets.users","type":"uid","max":2,"elements":["503","777"],"ends":[]}' "$(lsmpctl set sets.users list --format json)"
refused "one more than it has room for" 'error[R053]: set `sets.users` holds at most 2: 2 are in it, and 1 are to come' lsmpctl set sets.users add 777 778
says "sets.users: 1 removed, 1 not in it; 1 of 2" "one goes" lsmpctl set sets.users remove 777 779
is "and is denied no longer" ok "$(../act uid=777 open /d/uid r)"
echo 'noname:x:778:778::/:/bin/sh' >>/etc/passwd
says "sets.users: 1 added, 1 there before; 2 of 2" "a user comes by name" lsmpctl set sets.users add noname 503
is "and is denied" EUSERS "$(../act uid=778 open /d/uid r)"
is "a new path is permitted" ok "$(../act open /d/secre r)"
printf '# those below\n/d/secre  # not /d/secrets\n\n/d/none\n' >"$CASE.lines"
says "sets.secrets: 2 added; 6 of 100" "paths come from a file" lsmpctl set sets.secrets add --from "$CASE.lines"
is "and are denied" EACCES "$(../act open /d/secre r)"
says '"added":["/d/none 2"],"renewed":[],"removed":[],"now":7}' "one of standard input, in documents" sh -c 'echo /d/none 2 | lsmpctl set sets.secrets add --from - --format json'
works "they go again" lsmpctl set sets.secrets remove /d/secre /d/none "/d/none 2"
is "and are permitted" ok "$(../act open /d/secre r)"
is "networks are listed by address, the wider first" "10.1.0.0/16 10.3.0.0/16 10.3.4.0/24 10.5.6.7 fd00:1::/32" "$(lsmpctl set sets.networks list | tr '\n' ' ' | sed 's/ $//')"
says "sets.networks: 1 removed, 1 not in it; 4 of 100" "a network goes by itself" lsmpctl set sets.networks remove 10.3.4.0/24 10.3.5.0/24
is "the wider one holds still" ECONNREFUSED "$(../act connect 10.3.4.5 9)"
says "sets.networks: 1 added, 1 there before; 5 of 100" "what stands in a wider one is an element of its own" lsmpctl set sets.networks add 10.3.4.9/24 10.3.0.0/16
says "sets.sizes: 1 added; 2 of 2" "numbers as in a policy" sh -c 'lsmpctl set sets.sizes remove 0x3 >/dev/null && lsmpctl set sets.sizes add -- -1'
is "and with their sign" "-1 4294967296" "$(lsmpctl set sets.sizes list | sort | tr '\n' ' ' | sed 's/ $//')"
for wrong in "users 4294967296 largest" "users nobody-here name" "hosts 10.0.0.0/8 network,.not" "networks 10.0.0.0/33 at.most.32" "networks 10.0.0 no.address" "secrets /d/../d/secret as.the.kernel" "secrets d as.the.kernel" "ports http no.number"; do
  set -- $wrong
  out=$(lsmpctl set sets.$1 add $2 2>&1) && fail "sets.$1 takes $2" || { echo "$out" | grep -q "R052.*$3" && pass "sets.$1 takes no $2" || fail "sets.$1, $2: $out"; }
done
# The whole of it, at once.
says "sets.users: 1 added, 1 removed, 1 there before; 2 of 2" "a full set is replaced" lsmpctl set sets.users replace 503 901
is "what stays is denied" EUSERS "$(../act uid=503 open /d/uid r)"
is "what came is denied" EUSERS "$(../act uid=901 open /d/uid r)"
is "what went is not" ok "$(../act uid=778 open /d/uid r)"
refused "more than it has room for" 'error[R053]: set `sets.users` holds at most 2: 0 are in it, and 3 are to come' lsmpctl set sets.users replace 1 2 3
is "nothing has changed" 503,901 "$(lsmpctl set sets.users list | tr '\n' ',' | sed 's/,$//')"
refused "by nothing only in so many words" "say what to replace" lsmpctl set sets.users replace
./tries 503 /d/uid /d/stop >"$CASE.tries" &
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do lsmpctl set sets.users replace $((900 + i)) 503 >/dev/null || fail "replacement $i"; done
: >/d/stop
wait
is "what is in both is denied at every moment" "0 permitted" "$(cat "$CASE.tries")"
is "the last one holds" 503,912 "$(lsmpctl set sets.users list | tr '\n' ',' | sed 's/,$//')"
says "sets.users: 2 removed; 0 of 2" "by an empty file" lsmpctl set sets.users replace --from /dev/null
is "nobody is denied" ok "$(../act uid=503 open /d/uid r)"
works "another, of strings" lsmpctl set sets.names replace --from - <<-END
	stranger
	fifteen-bytes-x
	END
says "sets.networks: 1 added, 4 removed, 1 there before; 2 of 100" "another, of networks" lsmpctl set sets.networks replace 10.3.0.0/16 10.9.0.0/16
is "what stays holds" ECONNREFUSED "$(../act connect 10.3.4.5 9)"
is "what came holds" ECONNREFUSED "$(../act connect 10.9.4.5 9)"
# For a time.
says "sets.users: 2 added; 2 of 2" "two come for a time" lsmpctl set sets.users add 601 602 --for 2h
is "both are denied" EUSERS,EUSERS "$(../act uid=601 open /d/uid r),$(../act uid=602 open /d/uid r)"
has "how long they are in it" "$(lsmpctl set sets.users list)" "601  # for 2h"
has "in documents too" "$(lsmpctl set sets.users list --format json)" '"ends":[{"element":"601","seconds":'
says "sets.users: 1 renewed; 2 of 2" "one is to stay" lsmpctl set sets.users add 602
is "and has no end now" 602 "$(lsmpctl set sets.users list | tail -n 1)"
says "sets.users: 1 there before; 2 of 2" "what stays gets no end" lsmpctl set sets.users add 602 --for 1s
says "sets.users: 1 renewed; 2 of 2" "another end for the other" lsmpctl set sets.users add 601 --for 1s
works "networks in others come for a time" lsmpctl set sets.networks add 10.3.4.0/24 10.9.4.0/24 10.9.4.5 --for 1s
works "a path comes for a time" lsmpctl set sets.secrets add /d/secre --for 1h
is "and is denied" EACCES "$(../act open /d/secre r)"
works "for a shorter one" lsmpctl set sets.secrets add /d/secre --for 1s
sleep 2
is "the one whose time is over is not denied" ok "$(../act uid=601 open /d/uid r)"
is "the one that was to stay is" EUSERS "$(../act uid=602 open /d/uid r)"
is "the path is permitted" ok "$(../act open /d/secre r)"
is "a wider network behind one that is over holds" ECONNREFUSED "$(../act connect 10.3.4.5 9)"
is "and behind two" ECONNREFUSED "$(../act connect 10.9.4.5 9)"
has "what is over does not count" "$(lsmpctl status sets)" "set users : uid dynamic max 2: 1"
is "nor is it shown" 602 "$(lsmpctl set sets.users list)"
says "sets.users: 1 added; 2 of 2" "nor does it take room" lsmpctl set sets.users add 603
for wrong in "list --for 1s;takes no --for" "add 604 --for 0s;is no time" "add 604 --for 4000d;is no time from 1s to 3650d" "remove 602 --for 1s;takes no --for"; do
  refused "\`${wrong%;*}\` is no command" "${wrong#*;}" lsmpctl set sets.users ${wrong%;*}
done
# Two strings of one hash, made for that.
works "a string comes" lsmpctl set sets.names add same-hash-first-
refused "another of its hash does not" 'error[R054]: set `sets.names` cannot be changed for `zvxdhbeq4YE8k%7x`: another element has the same hash' lsmpctl set sets.names add before zvxdhbeq4YE8k%7x
lacks "nor does what came before it in the command" "$(lsmpctl set sets.names list)" before
refused "of sets that are there" 'error[R051]: policy `sets` has no dynamic set `user`' lsmpctl set sets.user list
refused "of policies that are there" 'error[R030]: no policy `set` is loaded' lsmpctl set set.users list
rm /sys/fs/bpf/lsmp/sets/*/set_users
refused "a pin that is gone is a fault" 'the pin of set `users` is gone' lsmpctl status sets
is "what is in force stays" EUSERS "$(../act uid=603 open /d/uid r)"
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
