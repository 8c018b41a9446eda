# More tasks than processors run their walks at the same time: no path is taken for another task's.
works "the policy loads" lsmpctl load mixed.bpf.o
./mixed
lsmpctl events mixed > /events
is "no other path is refused" 0 "$(grep -v "\"lost\":" /events | grep -vcF '"path":"/many/forbidden"')"
works "the policy unloads" lsmpctl unload mixed
