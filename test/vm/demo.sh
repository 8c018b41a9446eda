# Runs in the guest: the open works, the policy is loaded, the same open fails, its event, unload, it works again.
say() { echo; echo "\$ $*"; "$@"; }
say cat /etc/passwd
say lsmpctl load /policy/protect-etc.bpf.o
say cat /etc/passwd && exit 1
say lsmpctl events protect-etc
say lsmpctl unload protect-etc
say cat /etc/passwd
