# What cannot be loaded is refused with its reason, and leaves nothing behind.
no() {
  code=$2; what=$1; text=$3; shift 3
  out=$(lsmpctl load "$@" 2>&1); found=$?
  is "$what: exit" $code $found
  has "$what" "$out" "$text"
}
no "another ABI" 1 "error[R014]: \`other_abi.o\` has ABI 99, this program understands 2" other_abi.o
no "another architecture" 1 "error[R015]: \`other_arch.o\` is for pdp11, this host is x86_64" other_arch.o
no "a need that no loader fills" 1 "error[R019]: \`needs.o\` needs \`moonlight\`" needs.o
no "a corrupt manifest" 1 "error[R013]: the manifest of \`corrupt.o\` cannot be used" corrupt.o
no "a rule that is not there" 1 "hook \`task_kill\` names a rule that is not there" no_rule.o
no "a name that leaves the folder" 1 "the policy's name is not one of letters" bad_name.o
no "no manifest" 1 "error[R012]" no_manifest.o
no "a truncated object" 1 "error[R011]: \`truncated.o\` is not a BPF object" truncated.o
no "garbage" 1 "error[R011]" garbage.o
no "an empty file" 2 "it is empty or no file" empty.o
no "a host's object" 1 "an ELF file, but not a relocatable one for BPF" host.o
no "a folder" 2 "error[R010]" /tmp
no "programs and manifest disagree" 1 "error[R016]" other_program.o
no "a map that the loader pins is missing" 1 "it has no map \`lsmp_counters\`" NO_COUNTERS.o
no "no configuration" 1 "error[R017]" NO_CONFIG.o
no "a hook that this kernel lacks" 1 "error[R020]: the kernel $(uname -r) has no hook \`no_such_hook\`" absent.o
no "a hook with other arguments" 1 "error[R021]: hook \`task_kill\` has arguments (p, info, sig, cred) on this kernel, the object knows (other_p, info, sig, cred)" other_arguments.o
no "the verifier's refusal" 1 "error[R022]: the kernel's verifier refuses \`VERIFIER.o\` on \`task_kill\`, base.lsmp:1: on task_kill when signal == 50 deny EPERM" VERIFIER.o
has "shows the verifier's words" "$out" "r1 <<= 3"
no "a map that the kernel refuses" 1 "error[R023]: \`BAD_MAP.o\` cannot be loaded: Invalid argument" BAD_MAP.o
no "one bad object among good ones" 1 "error[R022]" good.o VERIFIER.o
is "nothing is left" "" "$(ls -A /sys/fs/bpf/lsmp)"

mkdir -p build
echo '{"schema":"other"}' > build/index.json
no "a foreign index" 2 "error[R018]: no object is given and \`build/index.json\` is not an index of this release"
works "the good one loads" lsmpctl load good.o
