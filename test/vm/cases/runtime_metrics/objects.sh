# Another version of the policy of one.lsmp, whose error is another.
mkdir "$OUT/changed"
echo 'on file_open when path ~ "/tmp/one" deny EPERM' >"$OUT/changed/one.lsmp"
lsmpc build --target $TARGETS -o "$OUT/changed" "$OUT/changed" >/dev/null
mv "$OUT/changed/one.bpf.o" "$OUT/one_changed.bpf.o"
rm -r "$OUT/changed"
# What the documentation says, for its commands and names.
sed -n '/^## Export metrics/,/^## Sets/p' ../../../../docs/operations.md >"$OUT/page.md"
