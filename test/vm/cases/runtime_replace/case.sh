# A policy is replaced while another process tries without pause; loaders take turns; what is in force needs no loader.
in_force() { ./try_once; is "$1" 1 $?; }
works "it loads" lsmpctl load replaced.bpf.o
in_force "it denies"
rm -f stop; ./tries stop > tries.out & tries=$!
i=0; bad=0
while [ $i -lt 20 ]; do lsmpctl load replaced.bpf.o > /dev/null 2>&1 || bad=$((bad + 1)); i=$((i + 1)); done
touch stop; wait $tries
is "twenty replacements" 0 $bad
is "no call came through" "tried often permitted 0" "$(cat tries.out)"
is "one generation is left" "21 turn" "$(ls /sys/fs/bpf/lsmp/replaced | xargs)"
has "with the same hooks" "$(lsmpctl status replaced)" "on socket_create"

works "it unloads" lsmpctl unload --all
works "and permits at once" ./try_once
pids=; i=0
while [ $i -lt 4 ]; do lsmpctl load replaced.bpf.o > turn.$i 2>&1 & pids="$pids $!"; i=$((i + 1)); done
bad=0; for pid in $pids; do wait $pid || bad=$((bad + 1)); done
is "four loaders at once all succeed" 0 $bad
is "in turns" "4 turn" "$(ls /sys/fs/bpf/lsmp/replaced | xargs)"
is "three of them replaced" 3 "$(cat turn.* | grep -c 'replaced$')"
in_force "it is in force after its loaders ended"
lsmpctl load replaced.bpf.o > /dev/null & loading=$!
lsmpctl unload --all > /dev/null; wait $loading
works "a load beside an unload leaves a whole state" lsmpctl status
lsmpctl unload --all > /dev/null
