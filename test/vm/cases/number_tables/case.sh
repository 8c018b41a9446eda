# Each call is decided as a plain search of the rules says: addresses of both families, ports, users.
mkdir -p /t
for file in /t/open /t/locked1 /t/locked2 /t/file /u; do : >$file; done
ip link set lo up
ip address add 10.0.0.1/8 dev lo 2>/dev/null
ip -6 address add fd00::1/16 dev lo 2>/dev/null
works "3,600 rules load" lsmpctl load many.bpf.o
./numbers <many.answers >made
is "calls that end otherwise" 0 "$(sed -n 's/.* denied, \([0-9]*\) wrong/\1/p' made)"
denied=$(sed -n 's/.* calls, \([0-9]*\) denied.*/\1/p' made)
is "most are denied, not all" yes "$([ "$denied" -ge 3000 ] && [ "$denied" -le 5000 ] && echo yes || cat made)"
works "and they unload" lsmpctl unload many
calls few
says ENXIO "a condition that nobody answers" ../plain few.bpf.o ../act connect 10.1.0.9 53
works "a bundle of tables loads" lsmpctl load all.bpf.o
is "the first refusal of several tables" "EBUSY EBUSY" "$(../act connect 10.2.3.0 53) $(../act connect 10.2.29.255 4005)"
is "the last one's own" "EIO ok" "$(../act connect 10.3.29.1 53) $(../act connect 10.3.30.1 4029)"
lsmpctl events all >events
for message in '"first3"' '"first29"' '"last29"'; do has "an event of $message" "$(grep '"enforced":true' events)" "\"message\":$message"; done
for message in '"watch5"' '"watch29"'; do has "a table in mode audit: $message" "$(grep "\"message\":$message" events)" '"enforced":false'; done
works "it unloads" lsmpctl unload all
