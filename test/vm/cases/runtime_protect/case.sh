# `load --protect`: what keeps policies in force is kept from everybody else, root too, up to the last unload.
pins=/sys/fs/bpf/lsmp other=/tmp/elsewhere/lsmpctl
touch /tmp/one /tmp/two
mkdir -p /tmp/elsewhere /tmp/view && cp /bin/lsmpctl $other
# The kernel frees maps a little later; those of other cases are not ours to count.
maps_are() { i=0; while [ $i -lt 300 ] && [ "$(./by_id)" != "$1" ]; do i=$((i + 1)); usleep 100000; done; }
maps_are "got 0 refused 0 own 1"
./by_id >/tmp/before
works "it loads" lsmpctl load --protect one.bpf.o
has "status says who may" "$(lsmpctl status)" "protected: $(readlink -f /bin/lsmpctl) alone changes what keeps them in force; refused to others: 0"
has "JSON too" "$(lsmpctl status --format json)" "\"protection\":{\"program\":\"$(readlink -f /bin/lsmpctl)\",\"refused\":0,\"faults\":[]}"

kept() { refused "$@"; refused "$1: it is in force" "Numerical argument out of domain" cat /tmp/one; }
kept "a pin is not removed" "Operation not permitted" rm $pins/one/1/hook_file_open
kept "nor a folder of pins" "Operation not permitted" rmdir $pins/one/1
kept "nor all" "Operation not permitted" rm -r $pins
kept "a pin is not renamed" "Operation not permitted" mv $pins/one/turn $pins/one/turned
kept "nor the folder of all" "Operation not permitted" mv $pins ${pins}_away
kept "the protection's own neither" "Operation not permitted" rm $pins/protect:/hook_inode_unlink
mount --bind $pins /tmp/view
kept "nor by another way to it" "Operation not permitted" rm /tmp/view/one/1/hook_file_open
works "that way goes" umount /tmp/view
kept "the bpffs is not unmounted" "Operation not permitted" umount /sys/fs/bpf
kept "nor lazily" "Operation not permitted" umount -l /sys/fs/bpf
kept "nor what it is on" "Operation not permitted" umount -l /sys
got=$(./by_id)
# Its configuration, which is constant, is for all to read: it says who may.
is "no other map of it is got by its id, others' are" "got $(($(cut -d' ' -f2 /tmp/before) + 1)) own 1" "$(echo "$got" | sed 's/ refused [0-9]*//')"
lacks "several were asked for" "$got" "refused 0"
kept "a copy of lsmpctl is not it" "error[R046]: the policies of this host are protected: \`$(readlink -f /bin/lsmpctl)\` alone looks at them and changes them, and this is \`$other\`" $other unload --all
kept "nor does it look" "R046" $other status
exits() { what=$1 code=$2; shift 2; "$@" >out 2>&1; is "$what" $code $?; }
exits "with exit code 2" 2 $other list
../tracer list lsmpctl unload --all >/dev/null 2>&1
has "nor one that is traced" "$(cat said)" "traced"
refused "it is in force after that" "Numerical argument out of domain" cat /tmp/one
lsmpctl events --follow >/dev/null & reader=$!
usleep 300000
kept "what it has open cannot be taken from it" "Permission denied" cat /proc/$reader/mem
kill $reader; wait $reader 2>/dev/null
refused_now=$(lsmpctl status --format json | sed 's/.*"refused":\([0-9]*\).*/\1/')
if [ "$refused_now" -gt 15 ]; then pass "attempts are counted"; else fail "attempts are counted: $refused_now"; fi

works "it may look" lsmpctl list
works "and change a set" lsmpctl set one.banned add 4001
works "and put another in its place" lsmpctl set one.banned replace 4002
is "whose map is kept, too" "$(echo "$got" | sed 's/ refused.*//') own 1" "$(./by_id | sed 's/ refused [0-9]*//')"
works "it replaces" lsmpctl load one.bpf.o
works "and loads another, protected without being asked" lsmpctl load two.bpf.o
refused "whose pins stay" "Operation not permitted" rm $pins/two/1/hook_file_open
is "and whose maps" "$(echo "$got" | sed 's/ refused.*//') own 1" "$(./by_id | sed 's/ refused [0-9]*//')"
works "all is as it was loaded" lsmpctl status
works "one is unloaded" lsmpctl unload one
refused "the other is protected still" "Operation not permitted" rm $pins/two/1/hook_file_open
works "pins of others are theirs" mkdir /sys/fs/bpf/theirs
works "to remove, too" rmdir /sys/fs/bpf/theirs
works "the last is unloaded" lsmpctl unload two
is "and nothing is left" "" "$(ls $pins)"
maps_are "$(cat /tmp/before)"
is "of its maps neither" "$(cat /tmp/before)" "$(./by_id)"
works "another lsmpctl may now" $other list

# A load that fails begins no protection; what is in force without one gets it from the next load.
refused "this would stop unload" "R037" lsmpctl load --protect stops.bpf.o
is "nothing is left of it" "" "$(ls $pins)"
works "without" lsmpctl load two.bpf.o
is "no protection" null "$(lsmpctl status --format json | sed 's/.*"protection"://; s/}$//')"
refused "this would stop unload, again" "R037" lsmpctl load --protect stops.bpf.o
works "what was in force is as it was" rm $pins/two/1/hook_file_open
works "a folder is applied" lsmpctl unload --all
mkdir -p /tmp/policies && cp one.bpf.o two.bpf.o /tmp/policies
works "with it" lsmpctl apply --protect /tmp/policies
refused "it is protected" "Operation not permitted" rm $pins/two/1/hook_file_open
works "and applied again" lsmpctl apply /tmp/policies
works "and unloaded" lsmpctl unload --all

# A loader that is killed between the protection and the turn leaves nothing that stays.
works "a part of it" mkdir $pins/protect:
works "goes with the next command" lsmpctl list
is "as if it had not been" "" "$(ls $pins)"

# What is not as it should be.
long=/tmp/$(printf '%070d' 0)
mkdir $long && cp /bin/lsmpctl $long
refused "a path that the guard cannot hold" "error[R047]: policies cannot be protected: the path of this program has more than 16 names, or one of 64 bytes or more" $long/lsmpctl load --protect one.bpf.o
is "nothing is loaded then" "no policy is loaded" "$(lsmpctl list)"
works "a policy" lsmpctl load two.bpf.o
mkdir $pins/protect: && ln $pins/two/1/counters $pins/protect:/counts
refused "a protection that is none" "error[R048]: the protection of policies is not as it was begun: hook \`inode_unlink\` is not attached" lsmpctl status
refused "is relied on by no load" "R047" lsmpctl load two.bpf.o
works "it goes with the policies" lsmpctl unload --all
is "as said" "" "$(ls $pins)"
