# Each open is decided as the plain matcher says, for both users of the conditions.
./opens make <many.paths
says '… 2900 more: `lsmpctl status many` shows all' "3,000 rules load, and not all are shown" lsmpctl load many.bpf.o
has "their manifest is read from the kernel, though it is compressed" "$(lsmpctl status many | tail -n 20)" "many.lsmp:3000"
for uid in 0 7; do
  ./opens $uid 1 <$uid.answers >opened$uid
  is "opens of user $uid that end otherwise" 0 "$(sed -n 's/.* \([0-9]*\) wrong$/\1/p' opened$uid)"
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
for file in b3 b69 c5 c70; do : >/t/$file; done
works "a bundle of tables loads" lsmpctl load all.bpf.o
is "the first refusal of several tables" "EACCES EACCES" "$(../act open /t/b3 r) $(../act open /t/b69 r)"
is "the last one's own" "EBUSY ok" "$(../act open /t/c5 r) $(../act open /t/c70 r)"
lsmpctl events all >events
for message in '"first3"' '"last3"' '"last69"' '"last5"'; do has "an event of $message" "$(grep '"enforced":true' events)" "\"message\":$message"; done
has "a table in mode audit" "$(grep '"message":"watch3"' events)" '"enforced":false'
works "it unloads" lsmpctl unload all
