# Attributes of other tasks, mounts, BPF, modules, keys and user namespaces.
mkdir -p /d && mount -t tmpfs none /d && mkdir /d/m /d/no /d/bind /d/notype && cp ../act /d/yes && cp ../act /d/not
calls machine
case $(uname -r) in
  5.10.*) skip "userns_create" ;;
  *) calls userns ;;
esac
umount /d
