# Attributes of other tasks, mounts, BPF, modules, keys and user namespaces.
mkdir -p /d && mount -t tmpfs none /d && mkdir /d/m /d/no /d/bind /d/notype
# userns_create has been there since 6.1.
case $(uname -r) in
  5.10.*) ;;
  *) printf '%s\n' "EUSERS userns_create/userns - unshare=user userns" "ok - - userns" >>machine.calls ;;
esac
calls machine
umount /d
