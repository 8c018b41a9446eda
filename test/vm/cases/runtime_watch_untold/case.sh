# What the kernel does not tell a watcher, or not for long: it looks, and ends up with what its folder has; policy `one` is in force all the while.
umask 022
chmod 755 / /cases .
dir=$PWD/policies
echo x > /tmp/one; echo x > /tmp/two
# What was told before this is of no interest.
forget() { : > watch.out; : > watch.err; }
begin() { lsmpctl apply --watch $dir >> watch.out 2>> watch.err & watcher=$!; }
end() { kill -TERM $watcher; wait $watcher 2> /dev/null; is "it ends well" 0 $?; }

mkdir $dir; cp one.bpf.o $dir
works "one is in force" lsmpctl apply $dir
(while [ ! -e enough ]; do (read -r line < /tmp/one) 2> /dev/null && echo read; echo tried; usleep 500000; done) > tries & trier=$!
# followed WHAT: changes in the folder come to the watcher.
followed() {
  place="ino:$(printf %x $(stat -c %i $dir)) sdev:$(printf %x $(stat -c %d $dir)) "
  i=0; while [ $i -lt 100 ] && ! grep -qsF "$place" /proc/$watcher/fdinfo/*; do i=$((i + 1)); usleep 300000; done
  has "$1" "$(cat /proc/$watcher/fdinfo/* 2> /dev/null)" "$place"
}
queued=$(cat /proc/sys/fs/inotify/max_queued_events)
echo 1 > /proc/sys/fs/inotify/max_queued_events
forget; begin
comes "its queue holds one event" "one: unchanged" watch.out
kill -STOP $watcher
for i in $(seq 100); do : > $dir/.$i; done
rm $dir/.[0-9]*
cp one_changed.bpf.o $dir/one.bpf.o; cp two.bpf.o $dir
kill -CONT $watcher
comes "where it overflows, what has changed is replaced" "one: replaced" watch.out
comes "and what has come is loaded" "two: loaded" watch.out
echo $queued > /proc/sys/fs/inotify/max_queued_events

forget; mkdir other; cp one.bpf.o other; mv $dir before; mv other $dir
comes "another folder in its place is applied" "one: replaced" watch.out
comes "as a whole" "two: unloaded" watch.out
followed "and followed"
forget; cp two.bpf.o before; cp one_changed.bpf.o $dir/one.bpf.o
comes "its changes are" "one: replaced" watch.out
lacks "those of the one before are not" "$(cat watch.out)" "two"
end

# An overlay that is mounted again is the same one in all that stat(2) tells.
module overlay
layers=$PWD/layers; mkdir $layers; mount -t tmpfs none $layers; mkdir $layers/lower $layers/upper $layers/work; cp one.bpf.o two.bpf.o $layers/lower
mounted() { mount -t overlay none -o lowerdir=$layers/lower,upperdir=$layers/upper,workdir=$layers/work $dir; }
rm $dir/*; mounted
# While the watcher reads a folder, the mount is busy.
unmounted() { i=0; until umount $dir 2> /dev/null || [ $i = 100 ]; do i=$((i + 1)); usleep 100000; done; }
forget; begin
comes "the folder is a mount" "two: loaded" watch.out
i=0; until kill -STOP $watcher; umount $dir 2> /dev/null || [ $i = 100 ]; do kill -CONT $watcher; i=$((i + 1)); usleep 100000; done
mounted
kill -CONT $watcher
followed "it is mounted again before anybody looks, and followed"
forget; cp one_changed.bpf.o $dir/one.bpf.o
comes "with its changes" "one: replaced" watch.out
forget; unmounted
comes "what goes with it stays in force" "error[R083]: the folder \`$dir\` holds no" watch.err
refused "all of it" "Operation not permitted" cat /tmp/two
rm $layers/lower/two.bpf.o; cp one.bpf.o $layers/upper
mounted
comes "it is mounted again" "one: replaced" watch.out
comes "and applied" "two: unloaded" watch.out
followed "and followed"

watches=$(cat /proc/sys/fs/inotify/max_user_watches)
echo 0 > /proc/sys/fs/inotify/max_user_watches
forget; cp one_changed.bpf.o $dir/one.bpf.o
comes "where watches run out" "one: replaced" watch.out
comes "it looks now and then" "note: this host does not tell of changes (No space left on device): the folder is looked at every 2 s" watch.err
forget; cp one.bpf.o $dir
comes "and sees what changes" "one: replaced" watch.out
echo $watches > /proc/sys/fs/inotify/max_user_watches
end
umount $dir $layers
: > enough; wait $trier
is "what is in force is so all the while" "tried" "$(sort -u tries)"
lsmpctl unload --all > /dev/null
