# Execs: scripts, the steps of their chains, and where the paths of programs mean nothing.
mkdir -p /d && mount -t tmpfs none /d && mkdir /d/bin
for name in file binary nested secret; do echo x >/d/$name; done
for name in runs evil asked; do cp ../act /d/bin/$name; done
scripts() { interpreter=$1; shift; for name in "$@"; do printf '#!%s script=\n' $interpreter >/d/bin/$name; chmod 755 /d/bin/$name; done; }
scripts /d/bin/asked by-asked
scripts /d/bin/runs stepped other granted short wanted first done job other-job inner
scripts /d/bin/inner outer
scripts /d/bin/other nested
# Names that are setups of `act`, which binfmt_misc starts with them.
module binfmt_misc
mount -t binfmt_misc none /proc/sys/fs/binfmt_misc
works "binfmt_misc knows an ending" sh -c 'echo :known:E::known::/d/bin/asked: >/proc/sys/fs/binfmt_misc/register'
for name in one two; do echo x >/d/bin/comm=$name.known; chmod 755 /d/bin/comm=$name.known; done
calls exec
calls script
calls foreign
calls trust
# Older than the policy: nobody knows what it was started for, and a denial matches.
mkfifo /d/go
/d/bin/other-job after=/d/go open /d/file r >/d/says &
sleep 1
works "it loads" lsmpctl load script.bpf.o
: >/d/go
wait
is "a script's task that is older than the policy" EPERM "$(cat /d/says)"
has "it is said" "$(lsmpctl events script)" '"unresolved":true'
works "it unloads" lsmpctl unload script
umount /proc/sys/fs/binfmt_misc /d
