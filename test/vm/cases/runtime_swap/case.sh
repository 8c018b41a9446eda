# Two versions of a policy replace each other while processes try what both forbid. SWAPS: how often.
works "the first version loads" lsmpctl load EPERM.bpf.o
./swap ${SWAPS:-20} load EACCES.bpf.o EPERM.bpf.o >swap.out
cat swap.out
has "nothing was permitted" "$(cat swap.out)" "permitted 0,"
has "who has seen the new version sees the old one never again" "$(cat swap.out)" "changes as many as replacements"
has "many tries while the old one was in force and the new one came" "$(cat swap.out)" "before the turn often"
has "many tries while the new one was in force and the old one went" "$(cat swap.out)" "after it often"
# The same finds what is wrong where a policy is taken out of force before it is replaced.
./swap 2 unload,load EACCES.bpf.o EPERM.bpf.o >apart.out
cat apart.out
case $(cat apart.out) in *"permitted 0,"*) fail "a moment without a policy is noticed" ;; *) pass "a moment without a policy is noticed" ;; esac
works "it unloads" lsmpctl unload swapped
is "nothing is left" "" "$(ls -A /sys/fs/bpf/lsmp)"
