# The cookbook's policies about sockets.
ip link set lo up
ip address add 10.0.0.1/8 dev lo
ip address add 169.254.169.254/32 dev lo
recipes
