# 3,000 rules over paths of a table, 4,000 paths at their edges, and what the plain matcher says of them. A shorter one for events.
tools=$(dirname "$(command -v lsmpc)")/../tests
python3 ../../many_paths.py mixed 3000 4000 7 "$OUT/many"
for uid in 0 7; do "$tools/path_reference" "$OUT/many" $uid >"$OUT/$uid.answers"; done
awk 'BEGIN {
  print "set blocked : uid dynamic max 10 = { 501 }"
  print "on file_open when path under \"/t/free\" allow"
  print "on file_open when comm == \"unequal\" and path == \"/t/e1\" deny EIO audit \"uncommon\""
  for (i = 0; i < 70; i++) printf "on file_open when path == \"/t/e%d\" deny EACCES audit \"e%d\"\n", i, i
  print "on file_open when uid in blocked and path == \"/t/maybe\" deny ENXIO audit \"maybe\""
  print "on file_open when comm == \"unequal\" and path ~ \"/t/*\" deny EROFS audit \"wild\""
}' >"$OUT/few.lsmp"
lsmpc build --target $TARGETS -o "$OUT" "$OUT/many.lsmp" "$OUT/few.lsmp" >/dev/null
lsmpc build --target 6.1 --emit=decision "$OUT/few.lsmp" | grep -q "step table t0"
rm "$OUT/index.json" "$OUT/many.rules"
# Three policies in one object, a table each.
mkdir "$OUT/members"
table() { awk -v what="$2" -v says="$3" 'BEGIN { for (i = 0; i < 70; i++) printf "on file_open when " what " deny " says "\n", i, i }' >>"$OUT/members/$1.lsmp"; }
echo 'policy watch mode audit' >"$OUT/members/b-watch.lsmp"
table a-first 'path == \"/t/b%d\"' 'EACCES audit \"first%d\"'
table b-watch 'path ~ \"/t/b%d\"' 'EIO audit \"watch%d\"'
table c-last 'uid == 0 and path ~ \"/t/[bc]%d\"' 'EBUSY audit \"last%d\"'
lsmpc build --bundle all --target $TARGETS -o "$OUT/members" "$OUT/members" >/dev/null
mv "$OUT/members/all.bpf.o" "$OUT"
rm -r "$OUT/members"
