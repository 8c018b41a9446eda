# stress-ng's stressors of files, processes, sockets and mounts, one of each at a time, under 1,000 rules that some of their calls meet: the kernel says nothing of it,
# verdicts are the same before and after, and after the unload the kernel holds what it held before. ROUNDS, ROUND_SECONDS: of the policy's run; CONTROL_SECONDS: of the
# same rounds before it, without a policy, of which there are CONTROLS; FIRST_ROUND: where in the lists they begin.
rounds=${ROUNDS:-3} seconds=${ROUND_SECONDS:-4} control=${CONTROL_SECONDS:-2} first=${FIRST_ROUND:-0}
stress=/usr/bin/stress-ng
# In KiB. Two runs without a policy leave up to some 100 KiB more or less.
slab_may_grow=2048 percpu_may_grow=256 vmalloc_may_grow=512

# nth N WORD…: of words, counted round and round.
nth() { shift $(($1 % ($# - 1) + 1)); echo "$1"; }
files="open rename dir fcntl chmod dentry link flock symlink access mknod touch copy-file getdent procfs locka dirdeep utime filename xattr chown handle inotify dup lease hdd"
processes="fork exec clone vfork kill daemon pthread exit-group zombie spawn session mmapfork wait ptrace pidfd forkheavy schedpolicy"
sockets="sock udp sockpair sockmany sockfd epoll sockabuse rawsock sendfile sockdiag rawudp ping-sock netdev netlink-proc udp-flood"
mounts="bind-mount ramfs unshare tmpfs chroot umount"
complaints='WARNING:|BUG:|Oops|lockup|detected stall|self-detected|blocked for more than|general protection|Call Trace|use-after-free|refcount_t|possible recursive|leaked'

# run SECONDS: all rounds; prints what the stressors did.
run() {
  for round in $(seq $first $((first + rounds - 1))); do
    chosen="$(nth $round $files) $(nth $round $processes) $(nth $round $sockets) $(nth $round $mounts)"
    timeout -s KILL $(($1 + 120)) $stress --temp-path /s/work $(for one in $chosen; do echo "--$one 1"; done) --timeout $1 --metrics-brief --oomable >run.log 2>&1
    status=$?
    echo "# $chosen: ended with $status, operations:$(awk '/metrc:/ && NF > 9 && $5 ~ /^[1-9][0-9]*$/ { printf " %s %s", $4, $5 }' run.log)"
    [ "$status" != 137 ] || echo "killed"
    for left in $(pidof stress-ng); do kill -KILL $left; done
    rm -rf /s/work/tmp-*
    dmesg -c >>log
  done
}
memory() {
  for again in 1 2 3; do
    sleep 1
    echo 3 >/proc/sys/vm/drop_caches
    for cache in /sys/kernel/slab/*/shrink; do echo 1 >$cache; done
  done
  awk '/^(Slab|Percpu|VmallocUsed):/ { print $1, $2 }' /proc/meminfo
  ./remaining
}
# value WHAT MEASURE
value() { awk -v what="$1" '$1 == what { print $2 }' $2; }
measures() { for what in Slab: Percpu: VmallocUsed:; do echo "$what $(value $what $1) $(value $what $2)"; done | tr '\n' ' '; }
# probe [pid=N] WORD…: where somebody has that number, with one sixteen above, which rules take for the same.
probe() {
  said=$(../act "$@" 2>&1 | tail -n 1)
  case "$said $1" in
    *"get the pid"*pid=*) number=${1#pid=}; shift; probe pid=$((number + 16)) "$@" ;;
    *) echo "$said" ;;
  esac
}
# verdicts WHEN: of paths, processes, sockets, mounts and sets.
verdicts() {
  for uid in 0 7; do
    is "$1, opens of user $uid that end otherwise" 0 "$(./opens $uid 1 <$uid.answers | tee opened | sed -n 's/.* \([0-9]*\) wrong$/\1/p')"
    grep '^#' opened
  done
  while IFS='|' read -r expected words; do is "$1, $words" "$expected" "$(probe $words)"; done <probes
  for path in /s/work/number*; do
    if [ $(($(stat -c %i $path) & 7)) = 3 ]; then expected=EINTR; else expected=ok; fi
    is "$1, $path" $expected "$(../act comm=stress-ng-x open $path r)"
  done
}

# place: a filesystem for the stressors and the probes, which goes before memory is measured.
place() {
  mount -t tmpfs -o size=256m none /s
  mkdir -p /s/held /s/mounted /s/work/below && chmod 1777 /s /s/work
  cp ../act /s/held/act && echo x >/s/held/kept
  for number in $(seq 16); do echo x >/s/work/number$number; done
}

# What the kernel looks for itself: a processor that does not come back, a task that waits for ever.
watch=/proc/sys/kernel
is "the kernel watches for lockups" 1 "$(cat $watch/soft_watchdog)"
echo 60 >$watch/hung_task_timeout_secs || fail "it does not watch for hung tasks"
mkdir /s && place
./opens make <0.answers
# What the first load alone takes (7.3 keeps 2 MiB for programs' code) does not count.
lsmpctl load stressed.bpf.o >/dev/null && lsmpctl unload stressed >/dev/null
dmesg -c >log
for again in $(seq ${CONTROLS:-1}); do
  [ ! -e warm ] || { cp warm warm0; place; }
  run $control >/dev/null
  umount /s
  memory >warm
done
[ ! -e warm0 ] || echo "# KiB before and after a run without the policy: $(measures warm0 warm)"
tainted=$(cat /proc/sys/kernel/tainted)
place

works "1,000 rules load" lsmpctl load stressed.bpf.o
is "there are 1,000" 1000 "$(lsmpctl status stressed --format json | grep -o '"id":' | wc -l)"
lsmpctl events stressed --follow --output /tmp/stressed.jsonl >/dev/null 2>&1 & collector=$!
denials() { lsmpctl stats stressed --format prometheus | sed -n 's/^lsmp_denied_total{policy="stressed"} //p'; }
verdicts before
before=$(denials)
run $seconds >under
denied=$(($(denials) - before))
cat under
is "no round hung" 0 "$(grep -c '^killed' under)"
verdicts after
kill -TERM $collector; wait $collector
echo "# $denied denials under it, $(wc -l </tmp/stressed.jsonl) events"
if [ "$denied" -gt $((20 * rounds)) ]; then pass "the stressors met denials"; else fail "only $denied denials"; fi
if [ "$(awk '/operations: ./ { worked++ } END { print worked + 0 }' under)" -gt $((rounds / 2)) ]; then pass "and permits"; else fail "most rounds did nothing"; fi
rm -f /tmp/stressed.jsonl*
works "it unloads" lsmpctl unload stressed
umount /s
memory >end
dmesg -c >>log
is "the kernel's log has no complaint" "" "$(grep -E "$complaints" log)"
is "nor is it tainted anew" "$tainted" "$(cat /proc/sys/kernel/tainted)"
for what in programs maps links btf; do is "as many BPF $what as before" "$(value $what warm)" "$(value $what end)"; done
echo "# KiB before the policy and after it: $(measures warm end)"
for what in Slab:$slab_may_grow Percpu:$percpu_may_grow VmallocUsed:$vmalloc_may_grow; do
  grown=$(($(value ${what%:*}: end) - $(value ${what%:*}: warm)))
  if [ $grown -le ${what#*:} ]; then pass "${what%:*} is back"; else fail "${what%:*} grew by $grown KiB, by more than ${what#*:}"; fi
done
