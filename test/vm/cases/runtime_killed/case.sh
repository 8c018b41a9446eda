# A loader killed before each system call by which it changes the kernel: what is in force is whole, and the next command cleans up.
# Kills COMMAND at each point; after each: the state is one of ALLOWED, the next command finds it whole and does not change it.
# $before brings back where it begins; $killed counts.
everywhere() {
  allowed=$1 killed=0 wrong=; shift
  while :; do
    eval "$before" > /dev/null 2>&1
    ./kill_at $((killed + 1)) "$@"; code=$?
    [ $code = 9 ] || break
    killed=$((killed + 1))
    found=$(./state)
    case " $allowed " in *" $found "*) ;; *) wrong="$wrong $killed:$found" ;; esac
    lsmpctl status > status.out 2> /dev/null || wrong="$wrong $killed:status"
    [ "$(./state)" = "$found" ] || wrong="$wrong $killed:changed"
    pins=$(find /sys/fs/bpf/lsmp -mindepth 2 -maxdepth 2 -type d | wc -l)
    case $found in
      11) [ "$pins" = 1 ] && grep -q "on socket_create" status.out || wrong="$wrong $killed:pins" ;;
      00) [ -z "$(ls -A /sys/fs/bpf/lsmp 2> /dev/null)" ] || wrong="$wrong $killed:left" ;;
    esac
  done
}

before="lsmpctl unload --all"
everywhere "00 11" lsmpctl load killed.bpf.o
is "a first load killed anywhere leaves all or nothing" "" "$wrong"
if [ $killed -gt 15 ]; then pass "it was killed in many places"; else fail "it was killed $killed times"; fi
before="lsmpctl status || lsmpctl load killed.bpf.o; [ -d /sys/fs/bpf/lsmp/killed ] || lsmpctl load killed.bpf.o"
everywhere "11" lsmpctl load killed.bpf.o
is "a replacement killed anywhere leaves the old or the new" "" "$wrong"
if [ $killed -gt 20 ]; then pass "it was killed in many places"; else fail "it was killed $killed times"; fi
before="lsmpctl load killed.bpf.o"
everywhere "00 11" lsmpctl unload --all
is "an unload killed anywhere leaves all or nothing" "" "$wrong"
if [ $killed -gt 5 ]; then pass "it was killed in some places"; else fail "it was killed $killed times"; fi
is "the last one ended" "00" "$(./state)"

# An apply of two policies: each is whole or not there, and the next one completes it. At some points only: it has twice as many.
umask 022; mkdir folder; cp killed.bpf.o beside.bpf.o folder; chmod 755 / /cases .
at=2 killed=0 between=0 wrong=
while :; do
  lsmpctl unload --all > /dev/null 2>&1
  ./kill_at $at lsmpctl apply folder; code=$?
  [ $code = 9 ] || break
  killed=$((killed + 1)) found=$(./state)
  case $found in 00 | 11) ;; *) wrong="$wrong $at:$found" ;; esac
  lsmpctl status > status.out 2> /dev/null || wrong="$wrong $at:status"
  case "$found $(grep -c "^beside" status.out)" in "00 1") between=$((between + 1)) ;; esac
  lsmpctl apply folder > /dev/null 2>&1 || wrong="$wrong $at:apply"
  [ "$(./state) $(lsmpctl list | wc -l)" = "11 2" ] || wrong="$wrong $at:incomplete"
  at=$((at + 4))
done
is "an apply killed anywhere leaves whole policies, and the next one completes it" "" "$wrong"
if [ $killed -gt 7 ]; then pass "it was killed in some places"; else fail "it was killed $killed times"; fi
if [ $between -gt 1 ]; then pass "in some of them between the two"; else fail "it was killed $between times between the two"; fi
