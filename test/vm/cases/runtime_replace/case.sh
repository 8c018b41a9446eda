# A policy is replaced while another process tries without pause; loaders take turns; what is in force needs no loader.
touch /tmp/replaced
works "it loads" lsmpctl load replaced.bpf.o
rm -f stop && ./opens /tmp/replaced stop > opens.out & opens=$!
i=0; bad=0
while [ $i -lt 20 ]; do lsmpctl load replaced.bpf.o > /dev/null 2>&1 || bad=$((bad + 1)); i=$((i + 1)); done
touch stop; wait $opens
is "twenty replacements" 0 $bad
is "no open came through" "tried often opened 0" "$(cat opens.out)"
is "one generation is left" "21" "$(ls /sys/fs/bpf/lsmp/replaced)"
has "with the same hooks" "$(lsmpctl status replaced)" "on path_mkdir"

lsmpctl unload --all > /dev/null
pids=; i=0
while [ $i -lt 4 ]; do lsmpctl load replaced.bpf.o > turn.$i 2>&1 & pids="$pids $!"; i=$((i + 1)); done
bad=0; for pid in $pids; do wait $pid || bad=$((bad + 1)); done
is "four loaders at once all succeed" 0 $bad
is "in turns" "4" "$(ls /sys/fs/bpf/lsmp/replaced)"
is "three of them replaced" 3 "$(cat turn.* | grep -c 'replaced$')"
refused "it is in force after its loaders ended" "Operation not permitted" cat /tmp/replaced
lsmpctl load replaced.bpf.o > /dev/null & lsmpctl unload --all > /dev/null & wait
works "a load beside an unload leaves a whole state" lsmpctl status
lsmpctl unload --all > /dev/null
works "the open works at once after unload" cat /tmp/replaced
