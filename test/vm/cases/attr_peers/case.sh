# Attributes of sockets where the kernel makes, connects, copies and frees them, and where packets come in.
ip link set lo up
calls peers
case $(uname -r) in
  5.10.*) skip "socket_getpeersec_stream and mptcp_add_subflow" ;;
  6.1.*) calls labels; skip "mptcp_add_subflow" ;;
  *) calls labels; calls subflows ;;
esac
