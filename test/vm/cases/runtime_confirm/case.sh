# A load on trial is taken back unless it is confirmed, whoever else has ended by then.
echo x >/tried
state() { if cat /tried >/dev/null 2>&1; then echo none; else echo file; fi; }

# Every exec is forbidden, so that this shell could not undo it.
works "the first version loads" lsmpctl load file.bpf.o
is "it is in force" file "$(state)"
is "an exec is forbidden for as long as was said" "locked out, then free" "$(./locked_out 4s keep every.bpf.o)"
is "and the first version is in force again" file "$(state)"
is "alone" "1 turn" "$(ls /sys/fs/bpf/lsmp/trial | xargs)"
has "says status" "$(lsmpctl status trial)" "generation 1"
is "so too where the loader is killed as soon as it is in force" "locked out, then free" "$(./locked_out 4s kill every.bpf.o)"
is "the first version is in force again" file "$(state)"
works "it unloads" lsmpctl unload trial
is "where nothing was loaded before" "locked out, then free" "$(./locked_out 4s keep every.bpf.o)"
is "nothing is afterwards" "none" "$(state)"
is "and no pin" "" "$(ls -A /sys/fs/bpf/lsmp)"

# What is confirmed stays.
said=$(lsmpctl load --confirm-within 4s file.bpf.o)
has "load says it" "$said" "on trial: taken back in 4s, unless"
has "status says it" "$(lsmpctl status trial)" "on trial: taken back in"
refused "no other load meanwhile" "error[R038]: \`trial\` is on trial" lsmpctl load file.bpf.o
is "it is confirmed" "trial: stays in force" "$(lsmpctl confirm)"
refused "once" "error[R039]: no load waits for a confirmation" lsmpctl confirm
refused "by name, too" "error[R039]: no load of \`trial\` waits for a confirmation" lsmpctl confirm trial
sleep 6
is "it stays" file "$(state)"
lacks "and is not on trial" "$(lsmpctl status trial)" "on trial"
lsmpctl load --confirm-within 1h file.bpf.o >/dev/null
works "one that waits unloads" lsmpctl unload trial
is "nothing is left" "" "$(ls -A /sys/fs/bpf/lsmp)"

# Where somebody has ended the process that waits, the next command takes it back.
lsmpctl load --confirm-within 2s file.bpf.o >/dev/null
for process in /proc/[0-9]*; do case $(cat $process/comm 2>/dev/null) in lsmpctl) kill -9 ${process#/proc/} ;; esac; done
sleep 4
is "nobody takes it back" file "$(state)"
lsmpctl list >/dev/null
is "but the next command does" none "$(state)"
for time in 0s 60 2d 25h x; do refused "no time: $time" "error[R060]: \`$time\` is no time" lsmpctl load --confirm-within $time file.bpf.o; done
