# lsmpctl is killed before and behind each of its system calls, its child processes' too: what is in force of each policy then is the old state or the new one, whole, on both hooks;
# `status` finds it so and leaves nothing else; the next command works.
. ../trace.sh
number=0

# everywhere NAME BEGIN ALLOWED END NEXT COMMAND…: COMMAND begins in BEGIN (what `bring` takes). One of ALLOWED is in force where it was killed; NEXT (`$found`: which) leads to END.
everywhere() {
  number=$((number + 1))
  chosen $number "$1" || return 0
  name=$1 begin=$2 allowed=$3 end=$4 next=$5 killed=0 wrong= now=; shift 5
  bring $begin
  calls_of list "$@"
  points kill <list >points
  while read -r point; do
    [ "$now" = $begin ] || bring $begin
    now=
    ../tracer kill $point "$@" >where 2>&1
    case $? in 9) killed=$((killed + 1)) ;; 0) continue ;; *) bad "the tracer fails" ;; esac
    found=$(../in_force)
    case " $allowed " in *" $found "*) ;; *) bad "in force is $found" ;; esac
    lsmpctl status >status.out 2>status.err </dev/null || bad "status: $(cat status.err)"
    if grep -q "on trial" status.out; then
      [ "$(../in_force)" = "$found" ] || bad "status changes what is in force: $(../in_force)"
    else
      left=$(../in_force $(links_of $found))
      [ "$left" = "$(alone $found)" ] || bad "status leaves $left of $found: $(cat status.err)"
    fi
    eval "$next" >next.out 2>&1 </dev/null || bad "the next command: $(cat next.out)"
    now=$(../in_force $(links_of $end))
    [ "$now" = "$(alone $end)" ] || bad "the next command leads to $now"
    now=${now%% *}
  done <points
  echo "$name: killed at $killed of $(cat all) kill points, $(grep -c . list) system calls"
  is "$name, killed: old or new, whole" "" "$wrong"
  if [ $killed -gt 0 ]; then pass "$name is killed"; else fail "$name is never killed"; fi
}
bad() {
  wrong="$wrong; $(cat where): $*"
  echo "wrong: $name, $(cat where): $*"
}

everywhere "load" none "none EPERM" EPERM "lsmpctl load EPERM.bpf.o" lsmpctl load EPERM.bpf.o
everywhere "replace" EPERM "EPERM EACCES" EACCES "lsmpctl load EACCES.bpf.o" lsmpctl load EACCES.bpf.o
everywhere "unload" EACCES "EACCES none" none "lsmpctl unload --all" lsmpctl unload marked
everywhere "set add" EPERM "EPERM EPERM+51" EPERM+51 "lsmpctl set marked.signals add 51" lsmpctl set marked.signals add 51
everywhere "set remove" EPERM+51 "EPERM EPERM+51" EPERM "lsmpctl set marked.signals remove 51" lsmpctl set marked.signals remove 51
# On trial it waits for its confirmation; where it is not yet in force nothing does.
confirmed='case $found in EPERM) lsmpctl load --confirm-within 1h EACCES.bpf.o ;; esac && lsmpctl confirm'
everywhere "load on trial" EPERM "EPERM EACCES" EACCES "$confirmed" lsmpctl load --confirm-within 1h EACCES.bpf.o
everywhere "confirm" EPERM-EACCES EACCES EACCES 'lsmpctl confirm || grep -q "error.R039" next.out' lsmpctl confirm
everywhere "unload on trial" EPERM-EACCES "EPERM EACCES none" none "lsmpctl unload --all" lsmpctl unload marked
bring none
# A policy that comes, one that is replaced while another stays, one that goes.
apply="lsmpctl apply policies"
everywhere "apply, loading" "none>EPERM" "none EPERM" EPERM "$apply" $apply
everywhere "apply, replacing" "EPERM,EACCES>EACCES,EACCES" "EPERM,EACCES EACCES,EACCES" EACCES,EACCES "$apply" $apply
everywhere "apply, unloading" "EPERM,EACCES>EPERM" "EPERM,EACCES EPERM" EPERM "$apply" $apply
everywhere "apply --watch" "EPERM,EACCES>EACCES,EACCES" "EPERM,EACCES EACCES,EACCES" EACCES,EACCES "$apply" $apply --watch
bring none
is "nothing is left" "none links 0 programs 0 pins 0" "$(../in_force 0)"
