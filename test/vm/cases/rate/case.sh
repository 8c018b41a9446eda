# `rate`: events are limited, rule by rule, and counted; what is refused is refused all the same.
mkdir -p /d && mount -t tmpfs none /d && mkdir /d/both
for name in deny audit second kill allow all none both/file; do echo x >/d/$name; done
events_of() { grep -c "\"/d/$1\"" events; }
counter() { lsmpctl status rate | sed -n "s/.* $1 \([0-9]*\).*/\1/p"; }
limited_is() { is "$1" "$2" "$(counter limited)"; }

works "it loads" lsmpctl load rate.bpf.o
limited_is "nothing is limited at first" 0
is "every open is refused" "opened 0 refused 50" "$(./opens /d/deny 50)"
limited_is "the events over the limit are counted" 45
is "every open is permitted" "opened 50 refused 0" "$(./opens /d/audit 50)"
limited_is "each rule has a limit of its own" 92
./opens /d/second 20 >/dev/null; sleep 1; is "and in the next second" "opened 0 refused 20" "$(./opens /d/second 20)"
limited_is "a second later it begins anew" 124
for i in 1 2 3; do (exec cat /d/kill) >/dev/null 2>&1; is "kill $i ends it" 143 $?; done
limited_is "kills are limited too" 126
is "an allow that is audited" "opened 10 refused 0" "$(./opens /d/allow 10)"
limited_is "is limited too" 134
./opens /d/both/file 4 >/dev/null; mkdir /d/both/made
limited_is "a rule on two hooks has one limit" 137
./opens /d/none 7 >/dev/null
limited_is "what is suppressed is not limited" 137
has "they are counted apart" "$(lsmpctl status rate)" "lost 0 suppressed 7 unresolved 0 denied 100 audited 55 no_scratch 0 limited 137"
lsmpctl events rate >events
for row in deny:5 audit:3 second:8 kill:1 allow:2 both/file:2 none:0; do is "events of ${row%:*}" "${row#*:}" "$(events_of ${row%:*})"; done

is "several processors at once are refused" "opened 0 refused 4000" "$(./opens /d/all 1000 4)"
lsmpctl events rate >events
seen=$(events_of all)
is "none of their events is unaccounted for" 4000 $((seen + $(counter limited) - 137))
# Each other processor may have looked at the same count.
if [ "$seen" -ge 100 ] && [ "$seen" -le 103 ]; then pass "they share one limit"; else fail "they share one limit: $seen events"; fi
has "in JSON" "$(lsmpctl status rate --format json)" '"limited":'
works "it unloads" lsmpctl unload rate

works "it loads in audit mode" lsmpctl load --audit rate.bpf.o
is "audit mode refuses nothing" "opened 50 refused 0" "$(./opens /d/deny 50)"
limited_is "and limits as before" 45
lsmpctl events rate >events
is "its events" 5 "$(grep -c '"verdict":"deny","errno":"EACCES","enforced":false' events)"
works "it unloads too" lsmpctl unload rate

works "a rule that the rehearsal meets loads" lsmpctl load rehearsed.bpf.o
cat /d/none >/dev/null
is "the rehearsal used nothing up" 1 "$(lsmpctl events rehearsed | wc -l)"
works "it unloads as well" lsmpctl unload rehearsed
umount /d
