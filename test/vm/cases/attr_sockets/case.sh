# Attributes of messages, of a socket's own address and of unix names.
ip link set lo up
calls sockets
rm -f /tmp/t /tmp/l /tmp/abstract
