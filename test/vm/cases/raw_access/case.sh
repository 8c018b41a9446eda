# Denials by what lies anywhere inside the kernel's objects.
mkdir -p /r /ramfs && mount -t tmpfs none /r && mount -t ramfs none /ramfs
ln -s told /r/link && ln -s tale /r/other && mkdir /r/text /r/textual && touch /r/poll /r/other.file /ramfs/file
ip link set lo up
ip -6 address add ::9/128 dev lo
# Members that came later: file.f_ep with 5.11, mnt_idmap with 6.2. The same object judges by what the running kernel has.
case $(uname -r) in
  5.10.*) newer="ENOCSI file_open/older" idmap="ok - -" ;;
  6.1.*) newer="ENOANO file_open/newer" idmap="ok - -" ;;
  *) newer="ENOANO file_open/newer" idmap='EUNATCH path_mkdir/hops "path":"/r/idmap"' ;;
esac
printf '%s\n' "$newer \"path\":\"/r/poll\" open /r/poll r" "ok - - open /r/other.file r" "$idmap mkdir /r/idmap" "ok - - mkdir /r/nomap" >>raw.calls
calls raw
calls casts
umount /ramfs /r
