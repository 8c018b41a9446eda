# Files on the root filesystem of process 1, and those of the same names on another.
mkdir -p /d && mount -t tmpfs none /d
for folder in /own /d/own; do
  mkdir $folder && cp ../act $folder/act && for name in open map protect cut; do echo x >$folder/$name; done
done
calls root
umount /d
rm -r /own
