# The policies of the two tables and their calls.
python3 ../../cells.py "$OUT"
lsmpc build --target $TARGETS -o "$OUT" "$OUT"/*.lsmp > /dev/null
rm "$OUT/index.json"
