# AppArmor before us and behind us: each denies what it denied alone, and neither touches what the other has in force.
apparmor=/sys/kernel/security/apparmor
case $(cat /sys/kernel/security/lsm) in
*,apparmor*,bpf*) order="AppArmor first" both=EACCES seen=0 ;;
*,bpf*,apparmor*) order="ours first" both=EXDEV seen=1 ;;
esac
mkdir /d && mount -t tmpfs none /d && cp ../act /d/confined
for file in theirs ours both neither; do echo x >/d/$file; done
# opens WHEN THEIRS OURS BOTH: what the confined program gets; and another, which AppArmor leaves alone.
opens() {
  is "$order, $1: theirs, ours, both, neither" "$2 $3 $4 ok" "$(for file in theirs ours both neither; do /d/confined open /d/$file r; done | tr '\n' ' ' | sed 's/ $//')"
}
sockets() { is "$order, $1: sockets that theirs, ours, neither refuses" "$2 $3 ok" "$(/d/confined socket inet dgram 0) $(/d/confined socket inet stream 0) $(/d/confined socket unix stream 0)"; }
other() { is "$order, $1: a program without a profile" "$2" "$(for file in theirs ours both; do ../act open /d/$file r; done | tr '\n' ' ' | sed 's/ $//') $(../act socket inet dgram 0) $(../act socket inet stream 0)"; }

opens "neither is loaded" ok ok ok
works "$order: the profile loads" sh -c "cat theirs.aa >$apparmor/.load"
opens "the profile" EACCES ok EACCES
sockets "the profile" EACCES ok
other "the profile" "ok ok ok ok ok"

works "$order: the policy loads beside it" lsmpctl load ours.bpf.o
opens both EACCES EXDEV $both
sockets both EACCES ENOBUFS
other both "ok EXDEV EXDEV ok ENOBUFS"
is "$order: who comes first decides what both deny, and alone is asked" $((seen + 1)) "$(lsmpctl events ours | grep -c '"path":"/d/both"')"
has "$order: AppArmor says what it denied" "$(dmesg | grep DENIED)" 'profile="theirs" name="/d/theirs"'
works "$order: doctor finds nothing missing" lsmpctl doctor

works "$order: the policy is replaced" lsmpctl load ours.bpf.o
opens "the policy is replaced" EACCES EXDEV $both
works "$order: the policy unloads" lsmpctl unload ours
opens "the policy is unloaded" EACCES ok EACCES
sockets "the policy is unloaded" EACCES ok
has "$order: the profile is in force" "$(cat $apparmor/profiles)" "theirs (enforce)"

works "$order: the policy loads again" lsmpctl load ours.bpf.o
works "$order: the profile is taken away" sh -c "printf theirs >$apparmor/.remove"
opens "the profile is taken away" ok EXDEV EXDEV
sockets "the profile is taken away" ok ENOBUFS

# A profile may hold lsmpctl itself: it says what it could not do, and what is in force stays.
works "$order: profiles for lsmpctl" sh -c "cat held.aa >$apparmor/.load; cat poor.aa >$apparmor/.load"
for name in lsmpctl lsmpctl-poor; do cp /bin/lsmpctl /d/$name; done
# no WHAT TEXT COMMAND…: the host is at fault.
no() { what=$1 text=$2; shift 2; out=$("$@" 2>&1); is "$order, $what: exit" 2 $?; has "$order, $what" "$out" "$text"; }
no "a profile without ptrace" "error[R041]: the bpffs on \`/sys/fs/bpf\` cannot be told from a container's own (\`/proc/1/root/sys/fs/bpf\`: Permission denied)" /d/lsmpctl load ours.bpf.o
no "a profile without the capabilities" "Operation not permitted" /d/lsmpctl-poor load ours.bpf.o
works "$order: what was in force still is" lsmpctl status ours
opens "after loads that AppArmor refused" ok EXDEV EXDEV
works "$order: it unloads at last" lsmpctl unload ours
step="error[R025]: \`ours\` cannot be loaded here, making a map for its turns"
case $(uname -r) in 5.10.*) step="error[R031]: the pin \`/sys/fs/bpf/lsmp/ours/turn\` cannot be used" ;; esac # there anybody may make a map
no "nothing is in force, and a profile without the capabilities" "$step: Operation not permitted" /d/lsmpctl-poor load ours.bpf.o
is "$order: nothing is left" "" "$(ls -A /sys/fs/bpf/lsmp)"
umount /d
