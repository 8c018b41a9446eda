# Attributes of files, of their filesystems and of mappings; paths on more hooks than those of open files.
mkdir -p /d /e /r /b && mount -t tmpfs -o mode=755 none /d && mount -t tmpfs none /e && mount -t ramfs none /r && mkdir -p /d/sub /d/bin /r/sub && mount --bind /d/sub /b
for name in d/size d/links d/type d/magic d/low d/sub/secret d/sub/other d/secret d/io d/perm d/map d/owner d/stat d/stat-size d/set d/xattr d/link e/one e/two r/type r/magic low; do
  echo x >/$name
done
ln -s secret /d/read-link && ln -s secret /d/read-link2
for name in yes plain large fs fs2; do cp ../act /d/bin/$name; done
printf '#!/d/bin/yes true\n' >/d/bin/script && printf '#!/d/bin/plain true\n' >/d/bin/plain-script && chmod +x /d/bin/script /d/bin/plain-script
calls files
umount /b /r /e /d
