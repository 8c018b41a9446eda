# Events: one line each, none silently lost; one reader; a follower goes on through replacements.
touch /tmp/noise /tmp/quiet
lsmpctl load noise.bpf.o > /dev/null
./many /tmp/noise 3; ./many /tmp/quiet 5
lsmpctl events noise > events.out
is "one line for each event" 3 "$(wc -l < events.out)"
has "with rule, source, verdict, hook and process" "$(head -n 1 events.out)" '"source":"noise.lsmp:1","verdict":"audit","enforced":false,"hook":"file_open","process":{"pid":'
has "quiet denials are counted" "$(lsmpctl status noise)" "lost 0 suppressed 5"
has "and count as denials" "$(lsmpctl status noise)" "denied 5"
is "events are read once" "" "$(lsmpctl events noise)"

name=$(printf '/tmp/noise\033[2J\nallow  x')
touch "$name"; lsmpctl events noise > /dev/null; ./many "$name" 1; lsmpctl events noise --format text > events.out
is "text: a line for each event, whatever a name holds" 1 "$(wc -l < events.out)"
has "which is escaped" "$(cat events.out)" '  audit       noise     noise.lsmp:1  file_open         many['
has "and quoted" "$(cat events.out)" '"/tmp/noise\x1b[2J\x0aallow  x"'
./many /tmp/quiet 1; ./many /tmp/noise 1
has "JSON where it is no terminal" "$(lsmpctl events noise)" '{"v":1,"time":"'

touch /tmp/noise2; lsmpctl events noise > /dev/null; ./many /tmp/noise 2; ./many /tmp/noise2 3
is "a condition shows what it holds for" 3 "$(lsmpctl events noise --where 'path == "/tmp/noise2" and comm == "many" and uid == 0' | grep -c '"path":"/tmp/noise2"')"
is "the others are read, too" "" "$(lsmpctl events noise)"
./many /tmp/noise 2; ./many /tmp/noise2 3; mkdir -m 700 /run/where
works "a file takes a condition" lsmpctl events noise --where 'path ~ "/tmp/*[^2]"' --output /run/where/events
is "and has no others" 2 "$(wc -l < /run/where/events)"

./many /tmp/noise 5000
lsmpctl events noise > events.out
seen=$(grep -c '"verdict"' events.out)
lost=$(sed -n 's/^{"v":1,"policy":"noise","lost":\([0-9]*\)}$/\1/p' events.out)
is "an overflow loses none unseen" 5000 $((seen + lost))
if [ "$seen" -gt 100 ] && [ "$lost" -gt 100 ]; then pass "there was an overflow"; else fail "seen $seen, lost $lost"; fi
has "status shows the lost" "$(lsmpctl status noise)" "lost $lost "

lsmpctl events noise --follow > follow.out & follower=$!
./many /tmp/noise 1 # shows when the follower reads: a look by another reader could be the first one
i=0; while ! grep -q '"verdict"' follow.out && [ $i -lt 100 ]; do usleep 100000; i=$((i + 1)); done
refused "a second reader is refused" "error[R033]" lsmpctl events noise
./many /tmp/noise 2
works "the policy is replaced meanwhile" lsmpctl load noise.bpf.o
./many /tmp/noise 2
i=0; while [ "$(grep -c '"verdict"' follow.out)" -lt 5 ] && [ $i -lt 100 ]; do usleep 100000; i=$((i + 1)); done
is "the follower saw the events of both generations" 5 "$(grep -c '"verdict"' follow.out)"
kill $follower; wait $follower; is "it ends when told to" 0 $?
works "then another may read" lsmpctl events noise

lsmpctl load echo.bpf.o > /dev/null
works "a reader whose own writing is recorded comes to its end" timeout 20 lsmpctl events echo
ln /sys/fs/bpf/lsmp/noise/2/counters /sys/fs/bpf/lsmp/noise/2/x
rm /sys/fs/bpf/lsmp/noise/2/events; mv /sys/fs/bpf/lsmp/noise/2/x /sys/fs/bpf/lsmp/noise/2/events
refused "a pin that is no ring buffer" "error[R034]" lsmpctl events noise
rm /sys/fs/bpf/lsmp/noise/2/events
refused "a pin that is gone" "error[R031]" lsmpctl events noise
