# The policies of the two tables and their calls.
python3 ../../cells.py "$OUT"
lsmpc build --target 5.10,6.1,6.12,7.3 -o "$OUT" "$OUT"/*.lsmp > /dev/null
rm "$OUT/index.json"
