# Denials of uses of a file: open, read and write, execute, map.
mkdir -p /d && mount -t tmpfs none /d && mkdir /d/bin
for name in path path2 read write append create truncate any all exact flags owner group mode used owned waits map map2 code; do
  echo x >/d/$name
done
for name in no yes mode owner; do cp ../act /d/bin/$name; done
cp ../act /d/exec
printf '#!/d/bin/no true\n' >/d/bin/script
chmod +x /d/bin/script
calls files
umount /d
