# Two versions of one policy that forbid the same on two hooks, each with an error of its own.
for version in EPERM EACCES; do
  mkdir "$OUT/$version"
  cat >"$OUT/$version/swapped.lsmp" <<END
on task_kill when signal == 50 deny $version quiet
on socket_create when family == AF_UNIX and type == SOCK_SEQPACKET deny $version quiet
END
  lsmpc build --target $TARGETS -o "$OUT/$version" "$OUT/$version" >/dev/null
  mv "$OUT/$version/swapped.bpf.o" "$OUT/$version.bpf.o"
  rm -r "$OUT/$version"
done
