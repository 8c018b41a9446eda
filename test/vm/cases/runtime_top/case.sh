# The live view: frames on a terminal, which is as before however it ends; one look without.
touch /tmp/topped
[ -e /dev/pts/ptmx ] || { mkdir -p /dev/pts; mount -t devpts -o ptmxmode=666 devpts /dev/pts; }
refused "without a terminal" "error[R060]: \`top\` needs a terminal" sh -c 'lsmpctl top | cat; exit 64'
is "nothing is loaded" "no policy is loaded" "$(lsmpctl top --once)"
lsmpctl load topped.bpf.o >/dev/null
../opens /tmp/topped 5 >/dev/null
once=$(lsmpctl top --once)
has "policies" "$once" "topped  enforce       5         -        0         -           0     0"
has "programs" "$once" "file_open  topped       0              -         -                 -"
refused "one that is not there" "error[R030]" lsmpctl top --once nothing
echo 1 >/proc/sys/kernel/bpf_stats_enabled
escape=$(printf '\033')
for signal in 2 15; do
  (while [ ! -e done ]; do ../opens /tmp/topped 100 >/dev/null; usleep 100000; done) & busy=$!
  ./terminal $signal lsmpctl top >frames
  touch done; wait $busy; rm done
  is "signal $signal ends it" "exit 0" "$(tail -n 1 frames)"
  has "it has a screen of its own" "$(head -n 1 frames)" "$escape[?1049h$escape[?25l$escape[H"
  has "and gives it back" "$(cat frames)" "$escape[?25h$escape[?1049l"
  is "frame after frame" yes "$([ "$(grep -c 'a second' frames)" -ge 4 ] && echo yes)"
  is "of what happens now" yes "$(grep -q 'topped  enforce *[0-9]* *[1-9][0-9.]*' frames && echo yes)"
  is "no wider than the terminal" 60 "$(grep '^program' frames | head -n 1 | sed "s/$escape.*//" | tr -d '\r\n' | wc -c)"
done
echo 0 >/proc/sys/kernel/bpf_stats_enabled
