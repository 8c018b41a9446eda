# Two versions of one policy that forbid the same on two hooks, each with an error of its own, and look into a set on one of them.
for version in EPERM EACCES; do
  mkdir "$OUT/$version"
  cat >"$OUT/$version/marked.lsmp" <<END
set signals : int dynamic max 4 = { 50 }
on task_kill when signal in signals deny $version quiet
on socket_create when family == AF_UNIX and type == SOCK_SEQPACKET deny $version quiet
END
  lsmpc build --target $TARGETS -o "$OUT/$version" "$OUT/$version" >/dev/null
  mv "$OUT/$version/marked.bpf.o" "$OUT/$version.bpf.o"
  rm -r "$OUT/$version"
done
