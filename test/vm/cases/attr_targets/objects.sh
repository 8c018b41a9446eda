# The policy of the two tables and its calls.
python3 ../../actor_cells.py attr_targets "$OUT"
lsmpc build --target $TARGETS -o "$OUT" "$OUT"/*.lsmp > /dev/null
rm "$OUT/index.json"
