# One good object, and one for each reason to refuse.
lsmpc build --target $TARGETS -o "$OUT/good" base.lsmp > /dev/null
good=$OUT/good/base.bpf.o
llvm-objcopy --dump-section .lsmp.manifest="$OUT/manifest" "$good" "$OUT/copy"
# forge NAME SED: the good object with another manifest
forge() {
  sed "$2" "$OUT/manifest" > "$OUT/changed"
  ! cmp -s "$OUT/manifest" "$OUT/changed"
  llvm-objcopy --update-section .lsmp.manifest="$OUT/changed" "$good" "$OUT/$1.o"
}
forge other_abi 's/"abi":2,/"abi":99,/'
forge other_arch 's/"arch":"[a-z0-9_]*"/"arch":"pdp11"/'
forge needs 's/"needs":\[[^]]*\]/"needs":["moonlight"]/'
forge corrupt 's/"rules":.*//'
forge no_rule 's/"rules":\[0\]/"rules":[7]/'
forge bad_name 's/"policy":{"name":"base"/"policy":{"name":"..\/base"/'
forge other_program 's/"program":"lsmp_task_kill"/"program":"lsmp_other"/'
forge other_arguments 's/"arguments":\["/"arguments":["other_/g'
sed 's/"name":"task_kill"/"name":"no_such_hook"/' "$OUT/manifest" > "$OUT/changed"
llvm-objcopy --rename-section lsm/task_kill=lsm/no_such_hook --update-section .lsmp.manifest="$OUT/changed" "$good" "$OUT/absent.o"
llvm-objcopy --remove-section .lsmp.manifest "$good" "$OUT/no_manifest.o"
head -c 3000 "$good" > "$OUT/truncated.o"
echo "no object at all" > "$OUT/garbage.o"
: > "$OUT/empty.o"
clang -c -x c /dev/null -o "$OUT/host.o"
for fault in VERIFIER NO_CONFIG BAD_MAP NO_COUNTERS; do
  clang -O2 -g -target bpf -D$fault -c forged.bpf.c -o "$OUT/plain.o"
  llvm-objcopy --add-section .lsmp.manifest="$OUT/manifest" "$OUT/plain.o" "$OUT/$fault.o"
done
cp "$good" "$OUT/good.o"
rm -r "$OUT/good" "$OUT/manifest" "$OUT/changed" "$OUT/copy" "$OUT/plain.o"
