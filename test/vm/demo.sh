# Runs in the guest: the open works, the policy is loaded, the same open fails, its event, unload, it works again.
say() { echo; echo "\$ $*"; "$@"; }
say cat /etc/passwd
say lsmpctl load /policy/protect_etc.bpf.o
say cat /etc/passwd && exit 1
say lsmpctl events protect_etc
say lsmpctl unload protect_etc
say cat /etc/passwd
