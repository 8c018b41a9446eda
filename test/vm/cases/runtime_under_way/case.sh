# A call that began before a policy is replaced, and comes to its programs afterwards: one of the two decides.
echo text > /run/opened
held() { ./held /run/opened "$1" "$2" > held.out; tail -n 1 held.out; }
works "the first version loads" lsmpctl load EPERM.bpf.o
is "a call meets the program that is in force" EPERM "$(held true true)"
is "what began under the old version is decided by it" EPERM "$(held true 'lsmpctl load --confirm-within 5m EACCES.bpf.o')"
works "the new one is confirmed" lsmpctl confirm under_way
is "what begins afterwards is decided by the new one" EACCES "$(held true true)"
is "what the new version permitted is not asked of the old one" opened "$(held 'lsmpctl load --confirm-within 5m other.bpf.o' true)"
is "nor when that is detached meanwhile" opened "$(held true 'lsmpctl confirm under_way')"
works "another version loads" lsmpctl load EPERM.bpf.o
is "a version without that hook has nothing to decide there" opened "$(held true 'lsmpctl load --confirm-within 5m signals.bpf.o')"
works "that is confirmed" lsmpctl confirm under_way
works "it unloads" lsmpctl unload under_way
is "nothing is left" "" "$(ls -A /sys/fs/bpf/lsmp)"
