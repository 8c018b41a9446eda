# std.files: each way to a protected file, by its name and around it. /p and /q lie on the root, /d is another filesystem.
mkdir -p /p/mnt /p/empty /p5 /q /x /ro /d && mount -t tmpfs none /d && mkdir /d/alias /d/xalias /d/p /d/there /d/copy /d/guarded /d/galias /d/free
for name in file open cut mode owner gone linked from from2 two times old; do echo x >/p/$name; done
for name in file over over2 one; do echo x >/q/$name; done
for name in ro/file ro/from x/file d/p/file d/guarded/file d/guarded/from d/free/file; do echo x >/$name; done
for name in x/act x/ok q/act bin/tool; do cp ../act /$name; done
mount --bind /p /d/alias && mount --bind /x /d/xalias && mount --bind /d/guarded /d/galias
exec 7<>/p/old 8<>/q/file
calls files
exec 7>&- 8>&-
