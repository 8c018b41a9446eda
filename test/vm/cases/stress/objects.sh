# 1,000 rules: own.rules, and as many of the bench's generator as are missing, with paths at their edges and what the plain matcher says of them.
tools=$(dirname "$(command -v lsmpc)")/../tests
python3 ../../many_paths.py mixed $((1000 - $(grep -c '^ *on ' own.rules))) 400 11 "$OUT/many"
for uid in 0 7; do "$tools/path_reference" "$OUT/many" $uid >"$OUT/$uid.answers"; done
cat own.rules "$OUT/many.lsmp" >"$OUT/stressed.lsmp"
lsmpc build --target $TARGETS -o "$OUT" "$OUT/stressed.lsmp" >/dev/null
cp "$tools/vm/path_tables/opens" "$OUT"
rm "$OUT/index.json" "$OUT/many.lsmp" "$OUT/many.rules" "$OUT/stressed.lsmp"
