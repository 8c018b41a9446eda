# Attributes of unix sockets where the kernel has found the other end.
ln -s /tmp/yes /tmp/alias
calls unix
case $(uname -r) in
  5.10.* | 6.1.* | 6.12.*) skip "unix_find" ;;
  *) calls find ;;
esac
rm -f /tmp/yes /tmp/no /tmp/alias /tmp/@odd
