# Each open is decided as the plain matcher says, for both users of the conditions.
./opens make <many.paths
works "3,000 rules load" lsmpctl load many.bpf.o
has "their manifest is read from the kernel, though it is compressed" "$(lsmpctl status many | tail -n 20)" "many.lsmp:3000"
for uid in 0 7; do
  ./opens $uid <$uid.answers >opened$uid
  is "opens of user $uid that end otherwise" 0 "$(sed -n 's/.* denied, \([0-9]*\) wrong/\1/p' opened$uid)"
  denied=$(sed -n 's/.* opens, \([0-9]*\) denied.*/\1/p' opened$uid)
  is "a third of them is denied" yes "$([ "$denied" -ge 1200 ] && echo yes || cat opened$uid)"
done
works "and they unload" lsmpctl unload many
mkdir -p /t/free
for file in e0 e1 e3 e4 e69 e70 free/e3 maybe; do : >/t/$file; done
is "the deep file is made" ok "$(../act deep /t 21 rwc)"
calls few
refused "a condition that nobody answers" "No such device or address" ../plain few.bpf.o cat /t/maybe
works "and one that is answered" ../plain few.bpf.o cat /t/free/e3
