# Objects whose sets are not what their manifest says.
lsmpc build --target $TARGETS -o "$OUT/good" unfilled.lsmp > /dev/null
good=$OUT/good/unfilled.bpf.o
llvm-objcopy --dump-section .lsmp.manifest="$OUT/manifest" --dump-section .lsmp.first="$OUT/first" "$good" "$OUT/copy"
# forge NAME SED: another manifest; cut NAME BYTES: fewer first elements
forge() {
  sed "$2" "$OUT/manifest" > "$OUT/changed"
  ! cmp -s "$OUT/manifest" "$OUT/changed"
  llvm-objcopy --update-section .lsmp.manifest="$OUT/changed" "$good" "$OUT/$1.o"
}
cut() {
  head -c "$2" "$OUT/first" > "$OUT/changed"
  llvm-objcopy --update-section .lsmp.first="$OUT/changed" "$good" "$OUT/$1.o"
}
forge other_max 's/"max":9/"max":8/'
forge other_type 's/"type":"path"/"type":"cidr"/'
forge other_name 's/"set":"secrets"/"set":"..\/secrets"/'
forge other_slot 's/"slot":0/"slot":7/'
cut short_element 11
cut no_element 0
rm -r "$OUT/good" "$OUT/manifest" "$OUT/first" "$OUT/changed" "$OUT/copy"
