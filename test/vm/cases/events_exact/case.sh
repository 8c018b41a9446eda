# Of denied opens each is an event or counted as lost, whatever the reader does: it reads, stands still, is slow. OPENS: how many; SEED: of the pauses.
opens=${OPENS:-20000} seed=${SEED:-1}
touch /tmp/exact
lsmpctl load exact.bpf.o >/dev/null
mkfifo lines
lsmpctl events exact --follow >lines & reader=$!
awk '/"verdict":"deny"/ { seen++ } match($0, /"lost":[0-9]+/) { lost = substr($0, RSTART + 7, RLENGTH - 7) } END { print seen + 0, lost + 0 }' <lines >counted & counter=$!

kill -STOP $reader
is "while the reader stands still each open is denied" "denied 3000 other 0" "$(../opens /tmp/exact 3000)"
kill -CONT $reader
../opens /tmp/exact $opens >opened & opener=$!
while [ ! -s opened ]; do
  seed=$(((seed * 1103515245 + 12345) % 2147483648))
  usleep $((seed % 400000)); kill -STOP $reader; usleep $((seed / 65536 % 100000)); kill -CONT $reader
done
wait $opener
is "and while it reads and pauses" "denied $opens other 0" "$(cat opened)"
kill -TERM $reader; wait $reader; is "the reader ends when told to" 0 $?
wait $counter
read seen lost <counted
echo "events_exact: $seen events, $lost lost"
denied=$(lsmpctl stats exact --format prometheus | sed -n 's/^lsmp_denied_total{policy="exact"} //p')
is "events and lost ones are all denials" $((opens + 3000)) $((seen + lost))
is "and as many are counted" $((opens + 3000)) "$denied"
if [ "$seen" -gt 100 ] && [ "$lost" -gt 100 ]; then pass "there were both"; else fail "seen $seen, lost $lost"; fi
lsmpctl unload exact >/dev/null
