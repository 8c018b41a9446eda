# std.net: what a socket may reach and where it may listen.
ip link set lo up
ip address add 10.0.0.1/8 dev lo
ip address add 169.254.0.1/16 dev lo
ip -6 address add fd00::1/16 dev lo
cp ../act /bin/tool
calls net
# A socket that listened before the load.
mkfifo /tmp/orders
../act acceptlater 127.0.0.1 82 /tmp/orders >/tmp/answer 2>&1 &
sleep 1
works "it loads" lsmpctl load net.bpf.o
says ok "the program that may" /bin/tool connect 10.9.1.2 53
says EACCES "another" ../act connect 10.9.1.2 53
echo >/tmp/orders; wait $!
is "accept from what listened before the load" EACCES "$(cat /tmp/answer)"
works "it unloads" lsmpctl unload net
