# The files of the sets, and the object that holds them.
lists=$OUT/lists
mkdir "$lists"
cp big.policy "$lists/big.lsmp"
long=$(printf '/d/%250s/%250s/%250s' x y z | tr ' ' l)
{
  echo '# paths'
  echo "$long"
  awk 'BEGIN { for (i = 0; i < 100000; i++) printf "/d/set/p%02d/file-%d\n", i / 1000, i }'
} > "$lists/paths"
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "10.%d.%d.%d/28\n", i / 256 % 256, i % 256, int(i / 65536) * 64 }' > "$lists/networks"
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "fd00:%x:%x::/48\n", i / 256, i % 256 * 2 }' > "$lists/networks6"
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "%d..%d\n", 10 * i, 10 * i + 4 }' > "$lists/sizes"
awk 'BEGIN { for (i = 99999; i >= 0; i--) printf "%d\n", 3 * i + 1 }' > "$lists/uids"
awk 'BEGIN { for (i = 0; i < 200; i++) printf "name-%d\n", i }' > "$lists/names"
awk 'BEGIN { for (i = 0; i < 200; i++) printf "/d/mixed/%d\n", i; print "/d/wild/*" }' > "$lists/mixed"
awk 'BEGIN { for (i = 0; i < 40; i++) printf "%d..%d\n", 7000 + 10 * i, 7004 + 10 * i }' > "$lists/ports"
lsmpc build --target $TARGETS -o "$OUT" "$lists/big.lsmp" > /dev/null
mv "$lists/big.lsmp" "$OUT"
rm -r "$lists" "$OUT/index.json"
