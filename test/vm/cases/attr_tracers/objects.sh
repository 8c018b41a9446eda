# The policy of the two tables and its calls.
python3 ../../actor_cells.py attr_tracers "$OUT"
lsmpc build --target 5.10,6.1,6.12,7.3 -o "$OUT" "$OUT"/*.lsmp > /dev/null
rm "$OUT/index.json"
