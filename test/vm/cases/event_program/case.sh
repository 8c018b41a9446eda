# Events say which program acts: the path of what it runs, behind their own paths, which stay what they are for the rules that follow; and the container of its cgroup.
mkdir -p /seen /held && echo x > /seen/denied && echo x > /seen/a
lsmpctl load seen.bpf.o > /dev/null
# event WHAT HOOK MEMBER…: the last event of the hook has them.
event() {
  what=$1 hook=$2; shift 2
  lsmpctl events seen > events.out
  line=$(grep "\"hook\":\"$hook\"" events.out | tail -n 1)
  for member in "$@"; do has "$what" "$line" "$member"; done
}
ours='"comm":"busybox-one","exe":"/dir/busybox-one","cgroup":'
mkdir /dir && cp /bin/busybox /dir/busybox-one
/dir/busybox-one cat /seen/a > /dev/null
event "of a file" file_open '"comm":"busybox-one","exe":"/dir/busybox-one","cgroup":' '"object":{"path":"/seen/a"}'
lacks "there is no container" "$line" '"container"'
refused "a rule behind an audited one knows the path" "Permission denied" /dir/busybox-one cat /seen/denied
event "and its event has both" file_open '"verdict":"deny"' "$ours" '"object":{"path":"/seen/denied"}'
is "the audited event has both, too" 1 "$(grep '"verdict":"audit"' events.out | grep '"path":"/seen/denied"' | grep -cF "$ours")"
/dir/busybox-one mv /seen/a /seen/b
event "of two paths" path_rename "$ours" '"object":{"old_path":"/seen/a","new_path":"/seen/b"}'
/dir/busybox-one nc -w 1 127.0.0.1 4242 < /dev/null > /dev/null 2>&1
event "of no path" socket_connect "$ours" '"port":4242'

# Where a path that events do not show holds the place there is no program, and the rules that follow have it.
/dir/busybox-one mkdir /held/made
event "a held path" inode_mkdir '"comm":"busybox-one","cgroup":' '"verdict":"audit"'
refused "is still there for the rule behind" "Permission denied" /dir/busybox-one mkdir /held/denied

# deep NAME COUNT: folders of names of 200 bytes, and the shell in the innermost.
long=$(printf '%0200d' 0)
deep() { cd $1; i=0; while [ $i -lt $2 ]; do mkdir -p $long; cd $long; i=$((i + 1)); done; }
here=$PWD
(deep /dir 9; cp /bin/busybox busybox-one; ./busybox-one cat /seen/b > /dev/null)
event "a long name" file_open "\"exe\":\"/dir/$long/$long/$long/$long/$long/$long/$long/$long/$long/busybox-one\"" '"path":"/seen/b"'
(deep /dir 11; cp /bin/busybox busybox-one; ./busybox-one cat /seen/b > /dev/null)
event "one that is too long is left out" file_open '"comm":"busybox-one","cgroup":' '"path":"/seen/b"'
(deep /seen 9; echo x > file; /dir/busybox-one cat file > /dev/null)
event "beside a long path" file_open "$ours" "$long/file\"}"
(deep /seen 11; (: > denied) 2> /dev/null; /dir/busybox-one cat denied > out 2>&1)
event "beside one that leaves no room" file_open '"comm":"busybox-one","cgroup":' "$long/denied\"}" '"verdict":"deny"'
cd $here

mv /dir/busybox-one /dir/busybox-two; cp /bin/busybox /dir/busybox-one
mkdir -p /mounted && mount --bind /dir /mounted
/mounted/busybox-two cat /seen/b > /dev/null
event "where it was executed" file_open '"comm":"busybox-two","exe":"/mounted/busybox-two"'
umount /mounted
./fileless cat /seen/b > /dev/null
event "a program of no file" file_open '"exe":"","cgroup":' '"path":"/seen/b"'

id=$(printf '%064d' 7 | tr 0 a)
mount -t cgroup2 none /sys/fs/cgroup 2> /dev/null
for group in docker-$id.scope pods/$id; do
  mkdir -p /sys/fs/cgroup/$group
  (echo 0 > /sys/fs/cgroup/$group/cgroup.procs; exec /dir/busybox-one cat /seen/b) > /dev/null
  event "the container: $group" file_open "\"exe\":\"/dir/busybox-one\",\"cgroup\":" ",\"container\":\"$id\",\"parent\":"
done
/dir/busybox-one cat /seen/b > /dev/null
is "conditions ask for both" 0 "$(lsmpctl events seen --where "exe == \"/dir/busybox-one\" and process.container == \"$id\"" | wc -l)"
(echo 0 > /sys/fs/cgroup/pods/$id/cgroup.procs; exec /dir/busybox-one cat /seen/b) > /dev/null
is "and find it" 1 "$(lsmpctl events seen --where "exe ~ \"/dir/*\" and process.container == \"$id\"" | grep -c /seen/b)"
rmdir /sys/fs/cgroup/docker-$id.scope /sys/fs/cgroup/pods/$id /sys/fs/cgroup/pods
lsmpctl unload seen > /dev/null
rm -r /dir /seen /held
