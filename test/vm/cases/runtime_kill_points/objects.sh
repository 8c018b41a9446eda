# Two policies of two versions each, which forbid the same on two hooks with an error of their own, and look into a set on one of them.
# policy NAME VERSION SIGNAL TYPE OBJECT
policy() {
  mkdir "$OUT/$2"
  cat >"$OUT/$2/$1.lsmp" <<END
set signals : int dynamic max 4 = { $3 }
on task_kill when signal in signals deny $2 quiet
on socket_create when family == AF_UNIX and type == $4 deny $2 quiet
END
  lsmpc build --target $TARGETS -o "$OUT/$2" "$OUT/$2" >/dev/null
  mv "$OUT/$2/$1.bpf.o" "$OUT/$5.bpf.o"
  rm -r "$OUT/$2"
}
for version in EPERM EACCES; do
  policy marked $version 50 SOCK_SEQPACKET $version
  policy beside $version 52 SOCK_RAW beside_$version
done
