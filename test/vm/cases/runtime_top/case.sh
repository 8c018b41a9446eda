# The live view: frames on a terminal, which is as before however it ends; one look without.
touch /tmp/topped
[ -e /dev/pts/ptmx ] || { mkdir -p /dev/pts; mount -t devpts -o ptmxmode=666 devpts /dev/pts; }
refused "without a terminal" "error[R060]: \`top\` needs a terminal" sh -c 'lsmpctl top | cat; exit 64'
is "nothing is loaded" "no policy is loaded" "$(lsmpctl top --once)"
lsmpctl load topped.bpf.o >/dev/null
../opens /tmp/topped 5 >/dev/null
once=$(lsmpctl top --once)
has "policies" "$once" "topped  enforce       5         -        0         -           0     0"
has "rules" "$once" "topped.lsmp:1  topped     5         -           0"
has "programs" "$once" "file_open  topped       0              -         -                 -"
refused "one that is not there" "error[R030]" lsmpctl top --once nothing
echo 1 >/proc/sys/kernel/bpf_stats_enabled
escape=$(printf '\033')
look="$escape[J" # the end of a frame
rate='topped  enforce *[0-9]* *[1-9][0-9.]*'
for signal in 2 15; do
  (while [ ! -e done ]; do ../opens /tmp/topped 100 >/dev/null; usleep 100000; done) & busy=$!
  ./terminal see "$look" see "$look" see "$look" see "$look" see "$look" see "$look" signal $signal -- lsmpctl top >frames
  touch done; wait $busy; rm done
  is "signal $signal ends it" "exit 0" "$(tail -n 1 frames)"
  has "it has a screen of its own" "$(head -n 1 frames)" "$escape[?1049h$escape[?25l$escape[H"
  has "and gives it back" "$(cat frames)" "$escape[?25h$escape[?1049l"
  is "frame after frame" yes "$([ "$(grep -c "a second" frames)" -ge 6 ] && echo yes)"
  is "of what happens now" yes "$(grep -q "$rate" frames && echo yes)"
  is "no wider than the terminal" 60 "$(sed -n "s/^$escape\[2K\(program.*\)/\1/p" frames | head -n 1 | tr -d '\r\n' | wc -c)"
done
echo 0 >/proc/sys/kernel/bpf_stats_enabled

# Keys, in a shell that knows how to stop what it runs.
./terminal see '# ' enter 'lsmpctl top' see "$look" type zzz see "$look" type q see "$escape[?1049l" \
  enter 'stty -a; echo left $?' see 'left 0' enter 'exit' -- env PS1='# ' sh -i >frames
is "q ends it" "exit 0" "$(tail -n 1 frames)"
lacks "keys are not shown" "$(cat frames)" zzz
lacks "the terminal echoes again" " $(tr '\r\n' '  ' <frames) " " -echo "
has "and takes lines" " $(tr '\r\n' '  ' <frames) " " icanon "
./terminal see '# ' enter 'lsmpctl top' see "$look" type "$(printf '\032')" see "$escape[?25h$escape[?1049l" see Stopped \
  enter 'stty -a; echo between $?' see 'between 0' enter 'fg' see "$escape[?1049h" see "$look" type q see "$escape[?1049l" \
  enter 'exit' -- env PS1='# ' sh -i >frames
is "Ctrl-Z stops it, fg has it go on" "exit 0" "$(tail -n 1 frames)"
lacks "the terminal is the shell's meanwhile" " $(tr '\r\n' '  ' <frames) " " -echo "
has "which has asked" " $(tr '\r\n' '  ' <frames) " " icanon "
lacks "all that was seen" "$(cat frames)" "not done"

# While another command has the lock there is nothing new to show: what comes is drawn for what happens to the terminal.
./terminal see "$look" run ': >holds; ../hold /sys/fs/bpf/lsmp >holds & echo $! >holder; while ! grep -q held holds; do usleep 10000; done' \
  size 8x30 see "$escape[J" type q -- lsmpctl top >frames
is "q ends it while it waits, too" "exit 0" "$(tail -n 1 frames)"
is "another size is drawn at once" 30 "$(sed -n "s/^$escape\[2K\(program.*\)/\1/p" frames | tail -n 1 | tr -d '\r\n' | wc -c)"
kill $(cat holder)
