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
# A path that never was: by loads; by probes, as it is deeper; by both, as a mount is between. Where renames rest now and then, what was kept answers, of up to eleven names.
# WALKS: of each kind, SPIN: torn.c; with test/vm/parallel both processors run at the same time. A million of each: run.py KERNEL path_race WALKS=1000000 CASE_SECONDS=7200
works "the second policy loads" lsmpctl load torn.bpf.o
top=0
mkdir /torn
while read -r what folders length mounted rest; do
  top=$((top + 1)) missed=$(../misses)
  echo "# $what"
  ./torn /torn/$top ${WALKS:-25000} $folders $length $mounted ${SPIN:-0} $rest
  missed=$(($(../misses) - missed))
  echo "# $missed were not answered by what was kept"
  if [ $what = kept ]; then is "what was kept answers" yes "$([ $missed -lt $((${WALKS:-25000} / 2)) ] && echo yes || echo "not $missed")"; fi
done <<END
loads 10 200 10 0
probes 20 150 20 0
both 12 200 6 0
kept 8 24 8 3000
END
works "the second policy unloads" lsmpctl unload torn
