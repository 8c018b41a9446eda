# Denials on sockets: create, bind, connect, listen.
ip link set lo up
ip address add 10.0.0.1/8 dev lo
ip -6 address add fd00::1/16 dev lo
calls sockets
