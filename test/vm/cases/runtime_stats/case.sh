# What policies count: of decisions always, of calls and time of programs where the kernel does.
touch /tmp/stats_no /tmp/stats_seen
value() { lsmpctl stats --format prometheus | sed -n "s/^$1 //p"; }
is "nothing is loaded" "no policy is loaded" "$(lsmpctl stats | head -n 1)"
lsmpctl load counted.bpf.o other.bpf.o >/dev/null
echo 0 >/proc/sys/kernel/bpf_stats_enabled
cat /tmp/stats_no 2>/dev/null; cat /tmp/stats_no 2>/dev/null; cat /tmp/stats_seen
text=$(lsmpctl stats)
has "decisions" "$text" "denied 2 audited 1"
has "hits of the first rule, of which both were by its path" "$text" "counted.lsmp:2     2           0"
has "and of an audit" "$text" "counted.lsmp:3     1           0"
has "rules that decide nothing are counted" "$text" "1 of 1 rules have decided nothing"
is "hits for Prometheus" 2 "$(value 'lsmp_rule_hits_total{policy="counted",rule="[^"]*",place="counted.lsmp:2"}')"
has "sets" "$text" "held         1    5"
has "what the kernel does not count is said" "$text" "\`sysctl kernel.bpf_stats_enabled=1\` has the kernel count them"
lacks "of one policy no other" "$(lsmpctl stats counted)" "path_mkdir"
is "the same for Prometheus" 2 "$(value 'lsmp_denied_total{policy="counted"}')"
is "each policy has a line" 0 "$(value 'lsmp_denied_total{policy="other"}')"
is "and its set" 1 "$(value 'lsmp_set_elements{policy="counted",set="held"}')"
is "no calls are counted" "0 0" "$(value 'lsmp_program_runs_total{policy="counted",hook="file_open"}') $(value lsmp_bpf_stats_enabled)"

echo 1 >/proc/sys/kernel/bpf_stats_enabled
i=0; while [ $i -lt 20 ]; do cat /tmp/stats_seen; i=$((i + 1)); done
lacks "then it says nothing of it" "$(lsmpctl stats)" "are not counted"
runs=$(value 'lsmp_program_runs_total{policy="counted",hook="file_open"}')
if [ "$runs" -ge 20 ]; then pass "calls are counted"; else fail "calls are counted: $runs"; fi
case $(value 'lsmp_program_run_seconds_total{policy="counted",hook="file_open"}') in
  0.000000000 | "") fail "time is counted" ;; *.?????????) pass "time is counted" ;; *) fail "in seconds" ;;
esac
json=$(lsmpctl stats counted --format json)
has "JSON" "$json" '{"schema":"lsmp-stats","version":1,"timed":true,"policies":[{"name":"counted","version":"","mode":"enforce","generation":1,"faults":0,"counters":{"lost":0,'
has "with programs" "$json" '"programs":[{"hook":"file_open","tracker":false,"program":'
has "and sets" "$json" '"sets":[{"name":"held","elements":1,"max":5}]'
has "and rules" "$json" ',"place":"counted.lsmp:3","hits":21,"unresolved":0}'
echo 0 >/proc/sys/kernel/bpf_stats_enabled

works "it is replaced" lsmpctl load counted.bpf.o
is "which counts anew" "0 0" "$(value 'lsmp_denied_total{policy="counted"}') $(value 'lsmp_rule_hits_total{policy="counted",rule="[^"]*",place="counted.lsmp:2"}')"
refused "one that is not there" "error[R030]" lsmpctl stats nothing
rm /sys/fs/bpf/lsmp/counted/2/counters
refused "counters that are gone" "error[R031]" lsmpctl stats
has "the others are shown" "$out" "path_mkdir"
has "what is damaged too" "$out" "its counters cannot be read"
is "a policy without counters has no sample" "" "$(lsmpctl stats --format prometheus 2>/dev/null | grep '_total{policy="counted"}')"
