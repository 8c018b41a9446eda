# The object is an ordinary one: fifty lines of libbpf load and attach it, and it denies.
echo text > /tmp/plain
works "the file opens before" cat /tmp/plain
refused "under the plain loader the open is refused" "Operation not permitted" ./plain plain.bpf.o cat /tmp/plain
works "its neighbour opens" ./plain plain.bpf.o cat /proc/self/comm
works "the file opens after" cat /tmp/plain
