# Events to log daemons, over their sockets: systemd's journal (a stand-in) and syslog (busybox').
name=$(printf '/tmp/logged\nLSMP_VERDICT=allow')
touch "$name" /tmp/logged /tmp/heard
lsmpctl load logged.bpf.o >/dev/null
journal=/run/systemd/journal/socket
refused "no journal" "error[R090]: \`$journal\` cannot take events: No such file or directory" lsmpctl events --output journald
refused "no syslog" "error[R090]: \`/dev/log\` cannot take events: No such file or directory" lsmpctl events --output syslog
mkdir -p /run/systemd/journal
up() { i=0; while [ ! -S $1 ] && [ $i -lt 100 ]; do usleep 50000; i=$((i + 1)); done; }
# until FILE COUNT TEXT: as many lines of the file have the text
counted() { i=0; while [ "$(grep -c -- "$3" $1)" -lt $2 ] && [ $i -lt 100 ]; do usleep 100000; i=$((i + 1)); done; grep -c -- "$3" $1; }

./daemon $journal >>entries & daemon=$!
up $journal
../opens /tmp/logged 2 >/dev/null; cat /tmp/heard
works "events go to the journal" lsmpctl events --output journald
is "an entry each" 3 "$(counted entries 3 '^--$')"
first=$(sed '/^--$/q' entries)
has "its message" "$first" 'MESSAGE=deny logged logged.lsmp:1 file_open opens['
has "what the rule says is a field" "$first" 'LSMP_MESSAGE=not "here"'
for field in PRIORITY=4 SYSLOG_IDENTIFIER=lsmp LSMP_POLICY=logged LSMP_SOURCE=logged.lsmp:1 LSMP_VERDICT=deny LSMP_ENFORCED=true LSMP_HOOK=file_open LSMP_UID=0 LSMP_COMM=opens LSMP_PATH=/tmp/logged; do
  has "a field" "$(printf '%s' "$first" | tr '\n' '|')" "|$field|"
done
has "and the line" "$first" 'LSMP_EVENT={"v":1,"time":"'
is "an audit is less urgent" 1 "$(grep -c PRIORITY=5 entries)"
: >entries
../opens "$name" 1 >/dev/null
lsmpctl events --output journald --format json
counted entries 1 '^--$' >/dev/null
has "the message may be JSON" "$(cat entries)" 'MESSAGE={"v":1,"time":"'
has "no name passes for a field: it stands behind its length" "$(hexdump -v -e '/1 "%02x"' entries)" "$(printf 'LSMP_PATH' | hexdump -v -e '/1 "%02x"')0a1e00000000000000$(printf '/tmp/logged' | hexdump -v -e '/1 "%02x"')0a"

lsmpctl events --follow --output journald 2>warnings & reader=$!
../opens /tmp/logged 1 >/dev/null
counted entries 2 '^--$' >/dev/null
kill $daemon; wait $daemon 2>/dev/null; rm $journal
is "no daemon changes no verdict" "denied 5 other 0" "$(../opens /tmp/logged 5)"
is "it is told" 1 "$(counted warnings 1 'R092.*journald')"
./daemon $journal wait >later & daemon=$!
up $journal
is "nor does one that takes nothing" "denied 100 other 0" "$(../opens /tmp/logged 100)"
is "which is told, too" 1 "$(counted warnings 1 'does not keep up')"
kill -USR1 $daemon
../opens /tmp/logged 1 >/dev/null
counted later 1 LSMP_UNWRITTEN >/dev/null
kill -TERM $reader; wait $reader; is "the reader goes on" 0 $?
usleep 300000
written=$(grep -c '^LSMP_VERDICT=deny$' later)
unwritten=$(sed -n 's/^LSMP_UNWRITTEN=//p' later | awk '{ n += $1 } END { print n + 0 }')
is "what it got and what it is told of are all" 106 $((written + unwritten))
has "the sum is told" "$(cat warnings)" "warning[R093]: $unwritten events could not be written to \`journald\`"
kill $daemon

syslogd -n -O /run/messages & daemon=$!
up /dev/log
../opens /tmp/logged 1 >/dev/null
works "events go to syslog" lsmpctl events --output syslog
is "a line each" 1 "$(counted /run/messages 1 'file_open')"
has "with facility, tag and message" "$(cat /run/messages)" "authpriv.warn lsmp["
has "in words" "$(cat /run/messages)" ']: deny logged logged.lsmp:1 file_open opens['
kill $daemon
