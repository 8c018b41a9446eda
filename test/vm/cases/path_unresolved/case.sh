# A path that does not resolve lets no deny rule miss, whatever folder the rule names; what resolves goes on.
works "the policy loads" lsmpctl load never.bpf.o
works "what resolves works" cat /etc/passwd
works "the calls end" sh -c "./lost > /lost.txt"
cat /lost.txt
lsmpctl events never > /events
is "all events are of those refusals" "$(grep -c "^ok .*refused" /lost.txt)" "$(grep -c '"verdict":"deny","errno":"EXDEV","enforced":true,"unresolved":true' /events)"
is "and say that the path is unknown" "$(grep -c . /events)" "$(grep -c '"path_unresolved":true' /events)"
works "the policy unloads" lsmpctl unload never
