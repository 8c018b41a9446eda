# What was answered for a path is not answered for another: names, mounts and policies change between opens. STORM: opens of each process in each of eight storms.
mkdir /t /below-deny /below-open
opens=${STORM:-7000} round=0
for policy in few many few many; do
  for word in deny open; do
    round=$((round + 1))
    works "$policy denies $word" lsmpctl load $policy-$word.bpf.o
    ./storm /t$round- $opens $round -$word
    missed=$(../misses)
    # As many locks as opens that are permitted, about half.
    if [ "$missed" -lt $((opens * 3 / 2)) ]; then pass "$policy, $word: an answer was at hand"; else fail "$policy, $word: $missed answers were not at hand"; fi
    echo "missed $missed"
  done
  [ $policy = few ] && lsmpctl load few-deny.bpf.o >/dev/null && mkdir /t/shared$round && ./shared /t/shared$round
  works "$policy unloads" lsmpctl unload $policy
done
# RACE: cycles; with test/vm/parallel both processors run at the same time, and 60,000 are worth while.
race=/race/1/2/3/4/5/6 # so that a rename can be over before the last name is looked at
mkdir -p $race/a/b $race/x/y && for file in a/b/file x/y/1 x/y/2 x/y/3; do echo x >$race/$file; done
works "the policy of the race loads" lsmpctl load race.bpf.o
./race $race ${RACE:-100} || fail "the race with renames runs"
./race $race $((${RACE:-100} * 10)) beside || fail "the race beside others runs"
works "the policy of the race unloads" lsmpctl unload race
