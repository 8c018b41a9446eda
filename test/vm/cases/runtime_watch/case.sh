# A folder is watched: changes of it, and of what is in force of it, are followed until the watcher is told to end.
umask 022
chmod 755 / /cases .
dir=$PWD/policies
echo x > /tmp/one; echo x > /tmp/two
# What was told before this is of no interest.
forget() { : > watch.out; : > watch.err; }
begin() { NOTIFY_SOCKET=$PWD/notify ./watcher apply --watch $dir "$@" >> watch.out 2>> watch.err & watcher=$!; }
end() { kill -$1 $watcher; wait $watcher 2> /dev/null; code=$?; }

cp $(command -v lsmpctl) watcher # which is installed anew below
mkdir $dir
refused "an empty folder is not watched" "error[R083]" lsmpctl apply --watch $dir
cp one.bpf.o $dir
./manager notify > told & manager=$!
while [ ! -e notify ]; do usleep 10000; done
forget; begin
comes "its manager is told when it is ready" "READY=1" told
has "with what is in force" "$(cat told)" "STATUS=1 in force"
is "what is in force then" "one: loaded (generation 1 is in force)" "$(cat watch.out)"
refused "one watcher a folder" "error[R087]: another process watches the folder \`$dir\`" lsmpctl apply --watch $dir
works "to apply it once is no harm" lsmpctl apply $dir

cp two.bpf.o $dir
comes "what comes is loaded" "two: loaded (generation 1 is in force)" watch.out
cp one_changed.bpf.o $dir/one.bpf.o
comes "what changes is replaced" "one: replaced (generation 2 is in force): its object is another" watch.out
lsmpctl unload one > /dev/null
comes "what somebody unloads is loaded again" "one: loaded (generation 1 is in force): somebody had unloaded it" watch.out
refused "and denies" "Permission denied" cat /tmp/one
rm /sys/fs/bpf/lsmp/one/1/hook_file_open
comes "what somebody damages is replaced" "one: replaced (generation 2 is in force): it was damaged" watch.out
forget; head -c 3000 two.bpf.o > $dir/two.bpf.o
comes "what is not whole is told" "error[R011]" watch.err
refused "what was in force stays" "Operation not permitted" cat /tmp/two
cp two.bpf.o $dir
comes "until it is whole" "all is as the folder has it" watch.err
forget; rm $dir/two.bpf.o
comes "what goes is unloaded" "two: unloaded" watch.out
works "and permits" cat /tmp/two
forget; rm -r $dir
comes "the folder is gone" "error[R083]: the folder \`$dir\` is not there: nothing is changed" watch.err
refused "what was in force stays" "Permission denied" cat /tmp/one
mkdir $dir; cp one.bpf.o $dir/..whole; mv $dir/..whole $dir/one.bpf.o
comes "it is made anew" "one: replaced" watch.out
forget; lsmpctl load --replace one_changed.bpf.o > /dev/null
comes "what is taken over is told" "error[R081]: \`one\` of" watch.err
refused "and left alone" "Permission denied" cat /tmp/one
lsmpctl unload one > /dev/null
comes "until there is room for it" "one: loaded" watch.out
end TERM
is "it ends well" 0 $code
has "its manager is told" "$(tail -n 1 told)" "STOPPING=1"
refused "what is in force stays" "Operation not permitted" cat /tmp/one
is "nothing is left of the watcher" "one" "$(ls -A /sys/fs/bpf/lsmp)"

# Killed, it leaves a lock that is nobody's.
forget; begin
comes "it begins again" "one: unchanged" watch.out
end KILL
lsmpctl list > /dev/null
is "the next command removes its lock" "one" "$(ls -A /sys/fs/bpf/lsmp)"

# As a ConfigMap is mounted.
rm -r $dir; mkdir -p $dir/..1 $dir/..2; cp one.bpf.o $dir/..1; cp one_changed.bpf.o $dir/..2/one.bpf.o
ln -s ..1 $dir/..data; ln -s ..data/one.bpf.o $dir/one.bpf.o
forget; begin
comes "links are followed" "one: unchanged" watch.out
ln -sfn ..2 $dir/..data
comes "another tree in its place" "one: replaced" watch.out
cp watcher watcher.new; mv watcher.new watcher
forget; cp stops.bpf.o $dir
comes "what would stop an unload is found also where lsmpctl was installed anew" "error[R037]: \`stops\` would stop" watch.err
rm $dir/stops.bpf.o
end INT
is "an interrupt ends it, too" 0 $code

# Where the host does not tell of changes.
instances=$(cat /proc/sys/fs/inotify/max_user_instances)
echo 0 > /proc/sys/fs/inotify/max_user_instances
forget; begin --format json
comes "it looks now and then" "note: this host does not tell of changes (Too many open files): the folder is looked at every 2 s" watch.err
ln -sfn ..1 $dir/..data
comes "and sees what changes" '"fate":"replaced"' watch.out
echo $instances > /proc/sys/fs/inotify/max_user_instances
end TERM
is "it ends well" 0 $code
kill $manager; wait $manager 2> /dev/null
lsmpctl unload --all > /dev/null
