# For kernels without task storage alone: on others it keeps what it knows of tasks as it would there.
printf 'policy older\non file_open when path == "/d/secret" and not exe ~ "/d/bin/*cat" deny audit "exe"\n' > "$OUT/older.lsmp"
lsmpc build --target 5.10 -o "$OUT" "$OUT/older.lsmp" > /dev/null
rm "$OUT/index.json" "$OUT/older.lsmp"
