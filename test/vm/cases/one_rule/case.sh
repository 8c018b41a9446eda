# The README's first policy.
works "the file opens before" cat /etc/passwd
works "the policy loads" lsmpctl load one_rule.bpf.o
refused "the open is refused" "Operation not permitted" cat /etc/passwd
works "its neighbour opens" cat /proc/self/comm
mkdir -p /etc/below && echo x > /tmp/x && mv /tmp/x /etc/below/x
works "a file below is none of the pattern" cat /etc/below/x
event=$(lsmpctl events one_rule)
has "the event names the path" "$event" '"path":"/etc/passwd"'
has "the event names the rule" "$event" '"source":"one_rule.lsmp:1"'
works "the policy unloads" lsmpctl unload one_rule
works "the file opens after" cat /etc/passwd
