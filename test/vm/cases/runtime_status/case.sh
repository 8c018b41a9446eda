# Status tells what is not as it was loaded; unload takes out what is damaged.
touch /tmp/kept /tmp/other
pins=/sys/fs/bpf/lsmp/kept
works "it loads" lsmpctl load kept.bpf.o
works "all is well" lsmpctl status
rm $pins/1/hook_path_mkdir
lets_go
refused "a pin removed by hand" "error[R035]: \`kept\` is not as it was loaded: hook \`path_mkdir\` is not attached" lsmpctl status
has "list says it too" "$(lsmpctl list)" "DAMAGED"
has "JSON says it" "$(lsmpctl status --format json 2> /dev/null)" '"faults":["hook `path_mkdir` is not attached"]'
works "a load mends it" lsmpctl load kept.bpf.o
works "all is well again" lsmpctl status

./hold $pins/2/hook_file_open > hold.out & holder=$!
while [ ! -s hold.out ]; do usleep 10000; done
rm $pins/2/hook_file_open
refused "a pin removed while a process holds the link" "the pin of \`file_open\` is gone; its link" lsmpctl status
kill $holder; wait $holder 2> /dev/null
lsmpctl load kept.bpf.o other.bpf.o > /dev/null
rm $pins/3/hook_file_open; ln /sys/fs/bpf/lsmp/other/1/hook_file_open $pins/3/hook_file_open
refused "a pin of another link" "the pin of \`file_open\` is not the link that was loaded" lsmpctl status kept
works "the other is well" lsmpctl status other
rm $pins/3/manifest; ln $pins/3/counters $pins/3/manifest
refused "a manifest that is none" "the pin \`$pins/3/manifest\` cannot be used" lsmpctl status kept
has "list shows the others all the same" "$(lsmpctl list)" "other  enforce"
refused "unload takes it out, and tells of the other pin" "error[R036]" lsmpctl unload kept
is "it is out" "other" "$(ls /sys/fs/bpf/lsmp)"
works "it permits" cat /tmp/kept

lsmpctl load kept.bpf.o > /dev/null
./hold $pins/1/hook_file_open > hold.out & holder=$!
while ! grep -q held hold.out; do usleep 10000; done
refused "unload while a process holds a link" "error[R036]: \`kept\` permits everything, but something else holds its link" lsmpctl unload kept
works "and it does permit" cat /tmp/kept
is "nothing of it is listed" "" "$(lsmpctl list | grep kept)"
kill $holder; wait $holder 2> /dev/null

lsmpctl load kept.bpf.o > /dev/null
mkdir -p $pins/1/mine/deep
refused "unload where somebody else's folder stands" "error[R032]" lsmpctl unload kept
works "it permits all the same" cat /tmp/kept
rmdir $pins/1/mine/deep
works "the next command cleans up" lsmpctl list
has "and says so" "$out" "removed what an interrupted command left of \`kept\`"
is "nothing of it is left" "other" "$(ls /sys/fs/bpf/lsmp)"
