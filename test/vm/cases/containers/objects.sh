# Policies of the cookbook that say something of containers, one object for all kernels.
for name in container-escape ssh-keys read-only-etc no-exec-from-writable no-setuid no-exec-from-memory no-metadata-service no-raw-sockets no-ptrace; do
  lsmpc build --target $TARGETS -o "$OUT" ../../../../docs/cookbook/$name.lsmp > /dev/null
done
rm "$OUT/index.json"
