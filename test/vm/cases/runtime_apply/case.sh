# A folder is applied: what is in force becomes what it holds, and what came from elsewhere stays.
umask 022
chmod 755 / /cases . # its own parents may be written by root alone
dir=$PWD/policies
echo x > /tmp/one; echo x > /tmp/two; echo x > /tmp/by_hand
exits() { what=$1 code=$2; shift 2; out=$("$@" 2>&1); is "$what: exit" $code $?; }
apply() { lsmpctl apply $dir "$@"; }
generation() { ls /sys/fs/bpf/lsmp/$1 | xargs; }

exits "a folder that is not there" 2 apply
has "is told" "$out" "error[R083]: the folder \`$dir\` is not there: nothing is changed"
mkdir $dir
echo x > $dir/README
exits "a folder without objects" 2 apply
has "is told" "$out" "error[R083]: the folder \`$dir\` holds no \`*.bpf.o\`"
works "a folder that may be empty" apply --allow-empty
exits "a file" 2 lsmpctl apply $dir/README
has "is no folder" "$out" "error[R082]: the folder \`$dir/README\` cannot be applied: it is no folder"

cp one.bpf.o two.bpf.o $dir
works "what would be done is said" apply --dry-run
has "of each" "$out" "one: loaded"
is "and not done" "no policy is loaded" "$(lsmpctl list)"
works "it is applied" apply
is "both are loaded" "one: loaded (generation 1 is in force) two: loaded (generation 1 is in force)" "$(echo "$out" | xargs)"
refused "the first denies" "Operation not permitted" cat /tmp/one
refused "the second, too" "Operation not permitted" mkdir /tmp/two_folder
has "list says where they came from" "$(lsmpctl list)" "one  enforce  1 hook  1 rule  was applied from \`$dir\`"
has "status as JSON, too" "$(lsmpctl status one --format json)" "\"origin\":{\"by\":\"apply\",\"folder\":\"$dir\"}"
has "with the object" "$(lsmpctl status one --format json)" "\"sha256\":\"$(sha256sum one.bpf.o | cut -d' ' -f1)\""
works "it is applied again, by another way to it" lsmpctl apply $PWD/../$CASE/policies/
is "and nothing changes" "one: unchanged (generation 1 is in force) two: unchanged (generation 1 is in force)" "$(echo "$out" | xargs)"
is "nor in the kernel" "1 turn" "$(generation one)"
cp one_changed.bpf.o $dir/one.bpf.o
works "another object" apply
has "replaces" "$out" "one: replaced (generation 2 is in force): its object is another"
has "it alone" "$out" "two: unchanged (generation 1 is in force)"
refused "the new one is in force" "Permission denied" cat /tmp/one
works "audit" apply --audit
has "replaces" "$out" "one: replaced (generation 3 is in force): its mode is to be audit"
works "and permits" cat /tmp/one
json=$(apply --format json)
has "JSON has a schema and its version" "$json" "{\"schema\":\"lsmp-apply\",\"version\":1,\"folder\":\"$dir\",\"dry_run\":false,\"policies\":["
has "and each fate" "$json" "{\"name\":\"one\",\"fate\":\"replaced\",\"generation\":4,\"object\":\"$dir/one.bpf.o\",\"why\":\"its mode is to be enforce\",\"problems\":[]}"
rm /sys/fs/bpf/lsmp/two/*/hook_path_mkdir; lets_go
works "what is damaged" apply
has "is replaced" "$out" "two: replaced (generation 4 is in force): it was damaged: hook \`path_mkdir\` is not attached"
rm /sys/fs/bpf/lsmp/two/4/manifest $dir/two.bpf.o
exits "what may be the folder's or not" 2 apply
has "is told" "$out" "error[R089]: \`two\` is in force, but where it came from cannot be read (the pin \`/sys/fs/bpf/lsmp/two/4/manifest\` cannot be used: No such file or directory): it stays, though the folder \`$dir\` has no object of it"
has "and kept" "$out" "two: kept (generation 4 is in force)"
refused "and denies" "Operation not permitted" mkdir /tmp/two_folder
lsmpctl unload two > /dev/null
cp two.bpf.o $dir
works "the folder's comes in its place" apply

# Origins: what is another's stays as it is.
exits "a load by hand over it" 2 lsmpctl load one.bpf.o
has "names its folder and the way out" "$(echo "$out" | xargs)" "error[R080]: \`one\` is not replaced: it was applied from \`$dir\` help: \`load --replace\` takes it over"
refused "what is in force still is" "Permission denied" cat /tmp/one
works "with --replace it is taken over" lsmpctl load --replace one.bpf.o
has "says status" "$(lsmpctl status one)" "it was loaded by hand"
exits "then the folder's is another's" 2 apply
has "says apply" "$out" "one: conflict"
has "and why" "$out" "error[R081]: \`one\` of \`$dir/one.bpf.o\` is not loaded: the policy of that name was loaded by hand"
has "the rest goes on" "$out" "two: unchanged"
refused "what was loaded by hand is in force" "Operation not permitted" cat /tmp/one
rm $dir/one.bpf.o
works "what the folder no longer has" apply
lacks "is not unloaded where it is another's" "$out" "one:"
works "by hand it loads again" lsmpctl load one.bpf.o
lsmpctl unload one > /dev/null
cp one.bpf.o $dir
works "where it is gone, apply loads it" apply
mkdir elsewhere; cp one.bpf.o elsewhere
exits "so it is with another folder" 2 lsmpctl apply elsewhere
has "which is named" "$out" "the policy of that name was applied from \`$dir\`"

# What fails keeps what is in force.
lsmpctl load by_hand.bpf.o > /dev/null
head -c 3000 one.bpf.o > $dir/one.bpf.o
rm $dir/two.bpf.o
exits "an object that is not whole" 1 apply
has "is told" "$out" "error[R011]: \`$dir/one.bpf.o\` is not a BPF object"
has "what may be in it is kept" "$out" "one: kept (generation 1 is in force): the folder has no object of it, but something there failed"
has "so is what is gone" "$out" "two: kept"
refused "and denies" "Operation not permitted" cat /tmp/two
cp one.bpf.o $dir
works "once it is whole" apply
is "what is gone is unloaded" "one: unchanged (generation 1 is in force) two: unloaded: the folder has no object of it" "$(echo "$out" | xargs)"
works "and permits" cat /tmp/two
refused "what was loaded by hand stays" "Operation not permitted" cat /tmp/by_hand
cp one.bpf.o $dir/same.bpf.o
exits "two objects of one name" 1 apply
has "are named" "$out" "error[R086]: policy \`one\` is in \`$dir/one.bpf.o\` and in \`$dir/same.bpf.o\`"
refused "what is in force of it stays" "Operation not permitted" cat /tmp/one
rm $dir/same.bpf.o
sleep 60 3>> $dir/one.bpf.o & writer=$!
usleep 200000
exits "an object that somebody writes" 2 apply
has "is told" "$out" "error[R085]: \`$dir/one.bpf.o\` is open for writing"
kill $writer; wait $writer 2> /dev/null

# Only root can change what is loaded.
for mode in 664 646; do
  chmod $mode $dir/one.bpf.o
  exits "an object with mode $mode" 2 apply
  has "is told" "$out" "error[R084]: \`$dir/one.bpf.o\` belongs to uid 0 and has mode 0$mode"
done
chmod 644 $dir/one.bpf.o; chown 1000 $dir/one.bpf.o
exits "an object of another user" 2 apply
has "is told" "$out" "error[R084]: \`$dir/one.bpf.o\` belongs to uid 1000"
chown 0 $dir/one.bpf.o; chmod 777 $dir
exits "a folder that others may write in" 2 apply
has "is told" "$out" "error[R084]: \`$dir\` belongs to uid 0 and has mode 0777"
mount --bind $dir $dir; mount -o remount,bind,ro $dir
works "mounted read only it may be so" apply
umount $dir; chmod 755 $dir
chown 1000 .
exits "a folder above it that is another's" 2 apply
has "is told" "$out" "error[R084]: \`$PWD\` belongs to uid 1000"
chown 0 .
mkfifo $dir/pipe.bpf.o
exits "a pipe" 2 apply
has "is told" "$out" "error[R010]: \`$dir/pipe.bpf.o\` cannot be read: it is no regular file"
rm $dir/pipe.bpf.o

# As a ConfigMap is mounted.
rm $dir/*.bpf.o
works "an empty folder that may be so" apply --allow-empty
has "unloads what came from it" "$out" "one: unloaded"
is "and nothing else" "by_hand  enforce  1 hook  1 rule" "$(lsmpctl list)"
lsmpctl unload --all > /dev/null
mkdir $dir/..1 $dir/..2; cp one.bpf.o $dir/..1/one.bpf.o; cp one_changed.bpf.o $dir/..2/one.bpf.o
ln -s ..1 $dir/..data; ln -s ..data/one.bpf.o $dir/one.bpf.o
works "links are followed" apply
has "to an object" "$out" "one: loaded"
ln -sfn ..2 $dir/..data
works "another tree in its place" apply
has "replaces" "$out" "one: replaced"
refused "it is in force" "Permission denied" cat /tmp/one
lsmpctl unload --all > /dev/null
is "nothing is left" "" "$(ls -A /sys/fs/bpf/lsmp)"
