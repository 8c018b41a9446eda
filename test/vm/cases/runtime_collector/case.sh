# The collector: events in a file that turns over, which others read; what goes wrong with the file changes no verdict and is counted.
touch /tmp/collected /tmp/beside
mkdir -m 700 /run/kept
file=/run/kept/events
lsmpctl load collected.bpf.o >/dev/null
reads() { i=0; while [ "$(readlink /sys/fs/bpf/lsmp/collected/*/reader)" != "$1" ] && [ $i -lt 100 ]; do usleep 100000; i=$((i + 1)); done; }
# until WHAT COUNT COMMAND…: its output has as many lines at last
until_lines() { what=$1 count=$2; shift 2; i=0; while [ "$("$@" 2>/dev/null | wc -l)" != "$count" ] && [ $i -lt 100 ]; do usleep 100000; i=$((i + 1)); done; is "$what" "$count" "$("$@" 2>/dev/null | wc -l)"; }
stop() { kill -TERM $collector; wait $collector; }

lsmpctl events --follow --output $file --rotate-size 8K --keep 3 2>warnings & collector=$!
reads $file
refused "a second reader is told of the file" "help: stop it, or read its file: \`lsmpctl events collected --from $file\`" lsmpctl events
is "its way out works" 0 "$(lsmpctl events collected --from $file | wc -l)"
is "denied" "denied 10 other 0" "$(../opens /tmp/collected 10)"
until_lines "ten are in the file" 10 lsmpctl events --from $file
has "as JSON" "$(lsmpctl events --from $file | head -n 1)" '{"v":1,"time":"'
has "or text" "$(lsmpctl events --from $file --format text | head -n 1)" "  deny        collected  collected.lsmp:1  file_open         opens["
is "of another policy none" "" "$(lsmpctl events other --from $file)"
is "since a minute" 10 "$(lsmpctl events --from $file --since 1m | wc -l)"
is "since never" 0 "$(lsmpctl events --from $file --since 2200-01-01T00:00:00Z | wc -l)"
works "the policy is replaced" lsmpctl load collected.bpf.o
reads $file
../opens /tmp/collected 30 >/dev/null
until_lines "events of both, over several files" 40 lsmpctl events --from $file
is "which are for root alone" 600 "$(stat -c %a $file)"
[ -e $file.1 ] && pass "it turned over" || fail "it turned over: $(ls -la /run/kept)"
../opens /tmp/collected 200 >/dev/null
usleep 500000
is "older ones go" "events events.1 events.2 events.3" "$(ls /run/kept | tr '\n' ' ' | sed 's/ $//')"
stop; is "it ends when told to" 0 $?
is "and has no complaints" "" "$(cat warnings)"

rm $file*
lsmpctl load beside.bpf.o >/dev/null
rm -f /sys/fs/bpf/lsmp/collected/*/reader # of the one before, which names the same file
lsmpctl events collected --follow --output $file & collector=$!
reads $file
refused "another writer of the file" "error[R091]: another process writes events to \`$file\`" lsmpctl events beside --output $file
../opens /tmp/collected 3 >/dev/null
until_lines "three are there" 3 lsmpctl events --from $file
kill -KILL $collector; wait $collector 2>/dev/null
printf '{"v":1,"time":"20' >>$file
out=$(lsmpctl events --from $file 2>&1 >/dev/null)
has "what a crash left of a line is told" "$out" "warning[R095]: 1 lines of \`$file\` are no events and are left out"
../opens /tmp/collected 2 >/dev/null
works "the next goes on behind it, and need not follow" lsmpctl events collected --output $file
is "with whole lines" 5 "$(lsmpctl events --from $file 2>/dev/null | wc -l)"
works "without a file" lsmpctl events collected
ln -s /run/kept/real /run/kept/link
refused "a symbolic link" "error[R090]: \`/run/kept/link\` cannot take events: it is a symbolic link" lsmpctl events --output /run/kept/link
is "is not followed" "" "$(ls /run/kept/real 2>/dev/null)"

mkdir /full && mount -t tmpfs -o size=64k full /full
lsmpctl events collected --follow --output /full/events 2>warnings & collector=$!
reads /full/events
is "a full disk changes no verdict" "denied 400 other 0" "$(../opens /tmp/collected 400)"
i=0; while ! grep -q R092 warnings && [ $i -lt 100 ]; do usleep 100000; i=$((i + 1)); done
has "and is told" "$(cat warnings)" "warning[R092]: events cannot be written to \`/full/events\`: No space left on device"
usleep 500000
mount -o remount,size=1m /full
../opens /tmp/collected 1 >/dev/null
i=0; while ! tail -n 1 /full/events | grep -q verdict && [ $i -lt 50 ]; do usleep 100000; i=$((i + 1)); done
stop; is "the collector goes on" 0 $?
has "and says at its end what is not there" "$(cat warnings)" "warning[R093]"
lsmpctl events --from /full/events >all 2>warnings
is "each line is whole" "" "$(cat warnings)"
written=$(grep -c '"verdict"' all)
unwritten=$(sed -n 's/.*"unwritten":\([0-9]*\).*/\1/p' all | awk '{ n += $1 } END { print n + 0 }')
lost=$(sed -n 's/.*"lost":\([0-9]*\).*/\1/p' all | tail -n 1)
if [ "$unwritten" -gt 0 ]; then pass "the file says how many are not in it"; else fail "the file says how many are not in it: $(tail -n 2 all)"; fi
is "none is missed silently" 401 $((written + unwritten + ${lost:-0}))
umount /full
