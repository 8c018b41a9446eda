# The third judge: random policies (test/oracle/real_calls.py), whose events are real system calls; the kernel's answer to each is that of `lsmpc test`, which judges.py
# asked on the host, and each message of a rule comes as often.
mkdir -p /j /p/s && mount -t tmpfs -o mode=755 none /j
ip link set lo up
routes() { ip route $1 local 0.0.0.0/0 dev lo; ip -6 route $1 local ::/0 dev lo; }
routes add
for place in a b ab s/a s/b; do cp ../act /p/$place; done

# How things are before a call, in an empty /j.
above() { mkdir -p "${1%/*}"; }
owned() { chown $1:$2 $4; chmod $3 $4; }
file() {
  above $4
  head -c $5 /dev/zero >$4
  owned $1 $2 $3 $4
  left=$6
  while [ $((left -= 1)) -gt 0 ]; do ln $4 /j/.link$left; done
}
folder() { mkdir -p $4; owned $1 $2 $3 $4; }
fifo() { above $4; mkfifo $4; owned $1 $2 $3 $4; }
program() { above $4; cp /p/a $4; owned $1 $2 $3 $4; }

# ended STATUS OUTPUT: the name of the signal where one ended it.
ended() {
  case $1 in
    137) echo "killed SIGKILL" ;;
    143) echo "killed SIGTERM" ;;
    138) echo "killed SIGUSR1" ;;
    *) echo "$2" ;;
  esac
}
differ=0 all=0
for object in judge_*.bpf.o; do
  policy=${object%.bpf.o}
  lsmpctl load $object >/dev/null || fail "$policy does not load"
  while IFS='|' read -r answer before program words; do
    rm -rf /j/* /j/.link*
    eval "$before"
    all=$((all + 1))
    set -f
    { found=$($program $words </dev/null); } 2>/dev/null
    found=$(ended $? "$found")
    set +f
    [ "$answer" = "$found" ] || { differ=$((differ + 1)); echo "# $policy: $before | $program $words: expected [$answer], found [$found]"; }
  done <$policy.calls
  lsmpctl events $policy >events
  while read -r message due; do
    found=$(grep -c "\"message\":\"$message\"" events)
    [ $due = $found ] || { differ=$((differ + 1)); echo "# $policy: message $message: expected $due times, found $found"; }
  done <$policy.messages
  lsmpctl unload $policy >/dev/null || fail "$policy does not unload"
done
umount /j && rm -r /j /p
routes del
while read -r line; do echo "# $line"; done <counts
is "differences in $all events" 0 $differ
is "events are those of the other judges" "$(cat judge_*.calls | wc -l)" $all
