# Versions of one policy: two that forbid to open a file, each with an error of its own, and one that forbids another file.
version() {
  mkdir "$OUT/$1"
  echo "on file_open when path == \"$2\" deny $3 quiet" >"$OUT/$1/under_way.lsmp"
  lsmpc build --target $TARGETS -o "$OUT/$1" "$OUT/$1" >/dev/null
  mv "$OUT/$1/under_way.bpf.o" "$OUT/$1.bpf.o"
  rm -r "$OUT/$1"
}
version EPERM /run/opened EPERM
version EACCES /run/opened EACCES
version other /run/other EPERM
mkdir "$OUT/signals"
echo 'on task_kill when signal == 50 deny quiet' >"$OUT/signals/under_way.lsmp"
lsmpc build --target $TARGETS -o "$OUT/signals" "$OUT/signals" >/dev/null
mv "$OUT/signals/under_way.bpf.o" "$OUT/signals.bpf.o"
rm -r "$OUT/signals"
