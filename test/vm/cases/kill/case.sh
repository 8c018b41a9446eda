# `kill`: the system call is refused with EPERM and the process gets the signal; in audit mode neither.
mkdir -p /d && mount -t tmpfs none /d
for name in kill term quiet number other; do echo x >/d/$name; done
# ended EXPECTED COMMAND…: how a process of its own ended, as the shell says: 128 and the signal's number.
ended() { wanted=$1; shift; (exec "$@") >/dev/null 2>&1 </dev/null; is "$* ends" "$wanted" $?; }

works "it loads" lsmpctl load kill.bpf.o
ended 137 cat /d/kill
ended 143 cat /d/term
ended 139 cat /d/quiet
ended 140 cat /d/number
ended 138 mkdir /d/made
is "what it made is not there" 1 "$([ -e /d/made ]; echo $?)"
ended 0 cat /d/other
echo x >/d/from
ended 138 mv /d/from /d/to
ended 138 mv /d/other /d/from
ended 0 mv /d/other /d/to
# What cannot be judged matches: a folder with a path of more than 4096 bytes.
ended 138 ../act deep /d 21 r
ended 0 ../act deep /d 20 r
# The signal comes when the refused call returns: a handler sees it, and the call's errno.
is "a handler runs after the refusal" "caught" "$(sh -c 'trap "echo caught" TERM; cat </d/term' 2>/dev/null)"
# The sender of a signal is the one who acts, not its target.
sleep 100 & target=$!
ended 137 kill -WINCH $target
is "the target lives" 0 "$(kill -0 $target 2>/dev/null; echo $?)"
kill $target
lsmpctl events kill >events
has "the event of a kill" "$(grep '"/d/kill"' events)" '"message":"killed","verdict":"kill","errno":"EPERM","signal":"SIGKILL","enforced":true'
has "the event names its signal" "$(grep '"/d/term"' events | head -n 1)" '"verdict":"kill","errno":"EPERM","signal":"SIGTERM","enforced":true'
is "a rename is killed for either name" 2 "$(grep -c '"message":"renamed"' events)"
has "what cannot be judged is killed" "$(grep '"message":"made"' events)" '"unresolved":true'
has "a signal by number has its name" "$(grep '"/d/number"' events)" '"signal":"SIGUSR2"'
lacks "a kill decides: no rule after it is asked" "$(cat events)" after-kill
lacks "a quiet kill makes no event" "$(cat events)" '/d/quiet'
lacks "everyone got the signal" "$(cat events)" '"signalled"'
has "kills count as denied" "$(lsmpctl status kill --format json)" '"denied":10'
works "it unloads" lsmpctl unload kill

works "it loads in audit mode" lsmpctl load --audit kill.bpf.o
ended 0 cat /d/kill
ended 0 cat /d/term
ended 0 mkdir /d/made
lsmpctl events kill >events
has "audit mode says what it would have done" "$(grep '"/d/kill"' events)" '"verdict":"kill","errno":"EPERM","signal":"SIGKILL","enforced":false'
works "it unloads too" lsmpctl unload kill
umount /d
