# A kernel whose active LSMs do not have `bpf`: a policy would attach and never be called. It is locked down besides.
out=$(lsmpctl load plain.bpf.o 2>&1); is "it is refused as the host's fault" 2 $?
has "BPF LSM is not active" "$out" "error[R001]: \`bpf\` is not among the active LSMs (lockdown,capability"
has "and what that means" "$out" "a policy would attach and never be called"
has "the way out" "$out" "boot with \`lsm=lockdown,capability,"
has "lockdown" "$out" "error[R008]"
has "doctor names it" "$(lsmpctl doctor)" "MISSING  BPF LSM"
is "nothing was made" "" "$(ls -A /sys/fs/bpf)"
