# The walk takes no lock: a folder above is renamed while it runs.
mkdir -p /race
works "the policy loads" lsmpctl load race.bpf.o
./renamed > /race/renamed.txt
cat /race/renamed.txt
lsmpctl events race > /race/events
deep=$(sed -n 's/^deep //p' /race/renamed.txt)
for file in secret open; do
  wrong=$(grep '"comm":"t:' /race/events | grep "/$file\"" | grep -vF "\"path\":\"/race/one/$deep/$file\"" | grep -vF "\"path\":\"/race/two/$deep/$file\"" | head -n 1)
  is "no third path of $file" "" "$wrong"
done
for name in one two; do
  has "the folder is seen as $name" "$(grep -F "\"path\":\"/race/$name/$deep/" /race/events | head -n 1)" "/race/$name/"
done
is "no other event" 0 "$(grep '"comm":"t:' /race/events | grep -v '"path_unresolved":true' | grep -vc "/$deep/")"
works "the policy unloads" lsmpctl unload race
# A path that never was, on the namespace's root and on a mount above it.
mkdir /mounted && mount -t tmpfs none /mounted
works "the second policy loads" lsmpctl load torn.bpf.o
./torn /torn 50000
./torn /mounted/torn 50000
works "the second policy unloads" lsmpctl unload torn
umount /mounted
