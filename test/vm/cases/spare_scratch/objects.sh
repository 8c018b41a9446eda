# Objects to which the kernel gives no task storage: everywhere; only where a set's string is hashed.
made=$OUT/sources
mkdir "$made"
cp never.policy "$made/never.lsmp"
cp later.policy "$made/later.lsmp"
awk 'BEGIN { for (i = 0; i < 200; i++) printf "name-%d\n", i }' >"$made/names"
lsmpc build --target $TARGETS -o "$OUT" "$made/never.lsmp" "$made/later.lsmp" >/dev/null
rm -r "$made" "$OUT/index.json"
python3 refuse.py "$OUT/never.bpf.o"
python3 refuse.py "$OUT/later.bpf.o" lsmp_hash_block
