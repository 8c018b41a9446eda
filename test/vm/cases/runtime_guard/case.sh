# A policy that would stop `lsmpctl unload` is not put in force, unless it is forced; then another program's name is the way out.
cp /bin/lsmpctl /bin/rescue
stops() {
  refused "$1: refused" "error[R037]: \`$1\` would stop \`lsmpctl unload\`: it forbids $2" lsmpctl load $1.bpf.o
  is "$1: nothing is in force" "no policy is loaded" "$(lsmpctl list)"
}
stops no_exec "its exec"
stops no_pins "taking the lock"
works "--audit denies nothing, so it may" lsmpctl load --audit no_exec.bpf.o
works "and goes" lsmpctl unload no_exec
stops no_unlink "removing pins"
works "it may be forced" lsmpctl load --force no_unlink.bpf.o
refused "it is in force" "Operation not permitted" rm /sys/fs/bpf/lsmp/no_unlink/1/manifest
works "unload closes the gate first, so it works" lsmpctl unload no_unlink
works "--force puts it in force" lsmpctl load --force no_exec.bpf.o
refused "then it does what it says" "Operation not permitted" lsmpctl list
works "under another name unload works" rescue unload --all
works "and that is all" lsmpctl list
