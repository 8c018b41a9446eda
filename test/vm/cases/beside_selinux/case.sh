# SELinux in front of us, enforcing a policy of its own (theirs.cil): what it denies stays denied, what we deny is denied, and lsmpctl says what it was refused itself.
selinux=/sys/fs/selinux
mount -t selinuxfs none $selinux
works "theirs loads" sh -c "cat theirs.policy >$selinux/load"
is "a process without a domain of its own" u:r:system_t "$(tr -d '\0' </proc/self/attr/current)"
# as DOMAIN COMMAND…: in that domain.
as() { (printf u:r:$1 >/proc/self/attr/current && shift && exec "$@"); }
mkdir /d && mount -t tmpfs none /d
for file in ours neither; do echo x >/d/$file; done
for file in theirs both; do (printf u:object_r:secret_t >/proc/self/attr/fscreate && echo x >/d/$file); done
# opens WHEN THEIRS OURS BOTH: what a process in the domain that SELinux holds gets.
opens() {
  is "$1: theirs, ours, both, neither" "$2 $3 $4 ok" "$(for file in theirs ours both neither; do as held_t ../act open /d/$file r; done | tr '\n' ' ' | sed 's/ $//')"
}
# others WHEN OURS: another domain.
others() { is "$1, another domain: theirs, ours, both" "ok $2 $2" "$(for file in theirs ours both; do as system_t ../act open /d/$file r; done | tr '\n' ' ' | sed 's/ $//')"; }

opens "SELinux does not enforce" ok ok ok
echo 1 >$selinux/enforce
opens "SELinux enforces" EACCES ok EACCES
others "SELinux enforces" ok
has "it says what it denied" "$(dmesg | grep avc:)" 'scontext=u:r:held_t tcontext=u:object_r:secret_t tclass=file permissive=0'

works "our policy loads beside it" as system_t lsmpctl load ours.bpf.o
opens both EACCES EXDEV EACCES
others both EXDEV
is "held in both ways, a socket and none" "ENOBUFS ok" "$(as held_t ../act socket inet stream 0) $(as held_t ../act socket inet dgram 0)"
is "what SELinux denied does not come to us" 1 "$(lsmpctl events ours | grep -c '"path":"/d/both"')"
works "the policy is replaced" lsmpctl load ours.bpf.o
opens "the policy is replaced" EACCES EXDEV EACCES
echo 0 >$selinux/enforce
opens "SELinux does not enforce, we do" ok EXDEV EXDEV
echo 1 >$selinux/enforce

# no WHAT DOMAIN TEXT COMMAND…: the host is at fault.
no() { what=$1 domain=$2 text=$3; shift 3; out=$(as $domain "$@" 2>&1); is "$what: exit" 2 $?; has "$what" "$out" "$text"; }
no "a domain without bpf(2)" no_bpf_t "error[R031]: the pin \`/sys/fs/bpf/lsmp/ours/turn\` cannot be used: Permission denied" lsmpctl load ours.bpf.o
no "it cannot look either" no_bpf_t "error[R031]" lsmpctl status
no "a domain that loads no programs" maps_only_t "error[R025]: \`ours.bpf.o\` cannot be loaded here, making its maps and programs: Permission denied" lsmpctl load ours.bpf.o
works "what was in force still is" lsmpctl status ours
opens "after loads that SELinux refused" EACCES EXDEV EACCES

works "ours unloads" lsmpctl unload ours
opens "ours is unloaded" EACCES ok EACCES
is "SELinux enforces as before" 1 "$(cat $selinux/enforce)"
no "nothing is loaded, and a domain without bpf(2)" no_bpf_t "error[R025]: \`ours\` cannot be loaded here, making a map for its turns: Permission denied" lsmpctl load ours.bpf.o
no "and one that loads no programs" maps_only_t "error[R025]" lsmpctl load ours.bpf.o
is "nothing is left" "" "$(ls -A /sys/fs/bpf/lsmp)"
works "a domain that SELinux holds elsewhere loads and unloads" as held_t sh -c 'lsmpctl load ours.bpf.o && lsmpctl unload ours'
works "for the last time it loads" lsmpctl load ours.bpf.o
works "a domain without bpf(2) can remove the pins, and so take it out of force" as no_bpf_t lsmpctl unload ours
opens "it has done so" EACCES ok EACCES
is "and nothing is left again" "" "$(ls -A /sys/fs/bpf/lsmp)"
umount /d
