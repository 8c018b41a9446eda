# Each example of the documentation, as an object for all kernels: PAGE_N.bpf.o.
work=$OUT/work
mkdir "$work"
for page in ../../../../README.md ../../../../docs/*.md ../../../../docs/hooks/*.md; do
  name=$(basename "$page" .md | tr 'A-Z' 'a-z')
  name=$(echo "$name" | tr - _)
  case $page in */hooks/*) name=on_$name ;; esac
  awk -v base="$work/$name" '/^```lsmp$/ { inside = 1; count++; next } /^```/ { inside = 0 } inside { print > (base "_" count ".lsmp") }' "$page"
done
# A header's name would hide the page's.
for example in "$work"/*.lsmp; do
  sed -i "s/^policy [a-z_]*/policy $(basename "$example" .lsmp)/" "$example"
done
lsmpc build --target $TARGETS -o "$OUT" "$work" > /dev/null 2> "$OUT/says" || { cat "$OUT/says"; exit 1; }
rm -r "$work" "$OUT/index.json" "$OUT/says"
