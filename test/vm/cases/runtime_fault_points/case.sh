# Each call to bpf(2), to files and for memory that lsmpctl makes fails: what was in force stays, whole, with a message that says what failed, and exit 2; or it was
# not needed, and all is done. What fails after the turn is told, too, with the new state in force. The C library ends by itself, before `main`, where it cannot even start.
. ../trace.sh
errors=${ERRORS:-ENOMEM EPERM EBUSY E2BIG EINTR ENOSPC} number=0
: >results

# One line of `results`: kept|afterwards|tolerated|start-up|WRONG COMMAND ERROR MODE CALL…
judge() {
  if [ "$settled" != "$(alone $found)" ]; then
    echo "WRONG-left-$settled"
  elif [ $code = 0 ] && [ $found = $new ]; then
    echo tolerated
  elif { [ $code = 127 ] || [ $code = 134 ]; } && [ $found = $old ] && grep -Eq "^Fatal glibc error|error while loading" said; then
    echo start-up
  elif [ $code != 2 ]; then
    echo "WRONG-exit-$code-$found"
  elif ! grep -q 'error\[R0' said || grep -q 'error\[R070' said; then
    echo "WRONG-message"
  elif [ $found = $old ]; then
    echo kept
  elif [ $found = $new ]; then
    echo afterwards
  else
    echo "WRONG-state-$found"
  fi
}

# fault MODE POINT ERROR COMMAND…
fault() {
  mode=$1 point=$2 error=$3; shift 3
  [ "$now" = $old ] || bring $begin
  ../tracer $mode $point $error "$@" >where 2>&1; code=$?
  [ -s where ] || { now=; return; }
  found=$(../in_force)
  # What undoes a failure may fail for good as well; then the next command removes what is left.
  [ $mode = fail ] && [ $found = $old ] || lsmpctl status >/dev/null 2>status.err </dev/null
  settled=$(../in_force $(links_of $found))
  lsmpctl status >status.out 2>status.err </dev/null || settled="$settled-status-$(cat status.err)"
  now=$(../in_force)
  result=$(judge | tr ' ' -)
  echo "$result $name $error $mode $(cut -d' ' -f4- where)" >>results
  case $result in WRONG*) echo "$result: $name, $mode $(cat where): $(cat said)" ;; esac
  grep 'error\[R' said | sed 's/`[^`]*`/`…`/g' >>messages
}

# faults NAME BEGIN NEW COMMAND…: BEGIN as `bring` takes it
faults() {
  number=$((number + 1))
  chosen $number "$1" || return 0
  name=$1 begin=$2 old=${2%>*} new=$3 now=; shift 3
  bring $begin
  ../tracer $list "$@" >list
  points fail <list >points
  turn=0
  while read -r point; do
    turn=$((turn + 1))
    if [ -n "$SAMPLE" ]; then one=$(echo $errors | cut -d' ' -f$((1 + (turn + SEED) % 6))); else one=$errors; fi
    for error in $one; do fault fail $point $error "$@"; done
    fault failing $point ENOMEM "$@"
  done <points
  echo "$name: faults in $turn of $(cat all) calls: $(awk -v name="$name" '$2 == name { n[$1]++ } END { for (kind in n) printf "%s %d  ", kind, n[kind] }' results)"
  is "$name with faults: none does half of it" "" "$(awk -v name="$name" '$2 == name && /^WRONG/' results | head -n 5)"
}

faults load none EPERM lsmpctl load EPERM.bpf.o
faults replace EPERM EACCES lsmpctl load EACCES.bpf.o
faults unload EPERM none lsmpctl unload marked
faults add EPERM EPERM+51 lsmpctl set marked.signals add 51
faults apply-loading "none>EPERM" EPERM lsmpctl apply policies
faults apply-replacing "EPERM,EACCES>EACCES,EACCES" EACCES,EACCES lsmpctl apply policies
faults apply-unloading "EPERM,EACCES>EPERM" EPERM lsmpctl apply policies
bring none

# named CODE ERROR CALL COMMAND…: the first such call of its list fails, and all behind it; what is in force stays.
named() {
  code=$1 error=$2 call=$3; shift 3
  ../tracer failing $(awk -v call="$call" '$2 == 0 && index($0, call) { print $1; exit }' list) $error "$@" >where
  is "$call with $error: exit" 2 $?
  has "$call with $error" "$(cat said)" "error[$code]"
}
bring EPERM
../tracer list lsmpctl load EACCES.bpf.o >list
bring EPERM
named R010 EIO "openat EACCES.bpf.o" lsmpctl load EACCES.bpf.o
named R025 ENOMEM "bpf MAP_CREATE" lsmpctl load EACCES.bpf.o
named R025 ENOMEM clone lsmpctl load EACCES.bpf.o
named R026 ENOSPC "bpf OBJ_PIN" lsmpctl load EACCES.bpf.o
is "what was in force is" "$(alone EPERM)" "$(../in_force 2)"
../tracer list lsmpctl unload marked >list
bring EPERM
named R031 ENOMEM getdents64 lsmpctl unload marked
named R032 EBUSY "unlink /sys/fs/bpf/lsmp/marked/" lsmpctl unload marked
out=$(lsmpctl list 2>&1 >/dev/full)
is "what cannot be said: exit" 2 $?
has "what cannot be said" "$out" "error[R045]"
bring EPERM
seq 1 1000000 >many
out=$(ulimit -v 30000; lsmpctl set marked.signals add --from many 2>&1)
is "no memory: exit" 2 $?
has "no memory" "$out" "error[R044]"
bring none
for kind in tolerated afterwards; do
  awk -v kind=$kind '$1 == kind { $3 = ""; print }' results | sort | uniq -c | sort -rn | head -n 60
done
echo "messages:"; sort messages | uniq -c | sort -rn | head -n 40
if [ -s results ]; then pass "faults are tried"; else fail "no fault is tried"; fi
is "nothing is left" "none links 0 programs 0 pins 0" "$(../in_force 0)"
