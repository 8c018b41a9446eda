# 1,200 rules over each of addresses, ports and users, calls at their edges, and what a plain search of the rules says of them. A shorter one for events.
python3 ../../many_numbers.py 1200 3000 11 "$OUT/many"
awk 'BEGIN {
  print "set blocked : uid dynamic max 10 = { 501 }"
  print "on socket_connect when addr == 10.0.0.1 allow"
  print "on socket_connect when comm == \"unequal\" and addr in 10.0.0.0/28 deny EIO audit \"uncommon\""
  for (i = 0; i < 60; i++) printf "on socket_connect when addr in 10.0.%d.0/24 deny EBUSY audit \"n%d\"\n", i, i
  for (i = 0; i < 60; i++) printf "on socket_connect when addr in fd00:%d::/32 deny EXDEV audit \"six%d\"\n", i, i
  print "on socket_connect when uid in blocked and addr == 10.1.0.9 deny ENXIO audit \"maybe\""
  print "on socket_connect when comm == \"unequal\" and addr in ::/0 deny EROFS audit \"wild\""
  for (i = 0; i < 60; i++) printf "on file_open when uid == %d and path ~ \"/t/*\" deny EUSERS audit \"u%d\"\n", 3000 + 2 * i, i
  print "on file_open when uid in 3001..3005 and comm != \"unequal\" and path ~ \"/t/*\" deny ENOLCK audit \"range\""
}' >"$OUT/few.lsmp"
lsmpc build --target $TARGETS -o "$OUT" "$OUT/many.lsmp" "$OUT/few.lsmp" >/dev/null
for policy in many few; do [ "$(lsmpc build --target 6.1 --emit=decision "$OUT/$policy.lsmp" | grep -c '^  step')" -le 4 ]; done
rm "$OUT/index.json"
# Three policies in one object, a table each.
mkdir "$OUT/members"
table() { awk -v what="$2" -v says="$3" 'BEGIN { for (i = 0; i < 30; i++) printf "on socket_connect when " what " deny " says "\n", i, i }' >>"$OUT/members/$1.lsmp"; }
echo 'policy watch mode audit' >"$OUT/members/b-watch.lsmp"
table a-first 'addr in 10.2.%d.0/24' 'EBUSY audit \"first%d\"'
table b-watch 'port == 40%02d' 'EXDEV audit \"watch%d\"'
table c-last 'uid == 0 and addr in 10.3.%d.0/24' 'EIO audit \"last%d\"'
lsmpc build --bundle all --target $TARGETS -o "$OUT/members" "$OUT/members" >/dev/null
mv "$OUT/members/all.bpf.o" "$OUT"
rm -r "$OUT/members"
