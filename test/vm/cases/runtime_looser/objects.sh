# The policy that is in force first, for kernels of which the guest has no types.
folder=$(mktemp -d)
cat > "$folder/old.lsmp" <<'END'
policy looser
on path_unlink when path under "/srv" and euid != 0 deny
on task_kill when signal == 50 deny EPERM
END
lsmpc build --target "$TARGETS" -o "$folder/built" "$folder/old.lsmp"
mv "$folder/built/looser.bpf.o" "$OUT/elsewhere.bpf.o"
rm -r "$folder"
