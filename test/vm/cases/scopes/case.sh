# `scope program` holds for descendants, whatever they execute; `scope cgroup` for what is in it and below.
mkdir -p /d && mount -t tmpfs none /d && mkdir /d/bin /d/free && chmod 777 /d
for name in seven caged file; do echo $name >/d/$name; done
chmod 666 /d/file
cp /bin/busybox /d/bin/sh; cp /bin/busybox /d/bin/busybox
works "it loads" lsmpctl load scopes.bpf.o
works "outside of the scope" sh -c 'echo more >>/d/file && mkdir /d/out'
says "Read-only" "inside" /d/bin/sh -c 'echo more >>/d/file'
echo cut >/d/free/cut.new && mv /d/free/cut.new /d/free/cut
says "ross-device" "a rule after the scope" cat /d/free/cut
says cut "the allow in the scope ends the search of the whole policy" /d/bin/sh -c 'read -r word </d/free/cut; echo $word'
works "inside, and allowed" /d/bin/sh -c 'echo more >/d/free/file'
says "Read-only" "a descendant that executes something else" /d/bin/sh -c 'exec /d/bin/busybox sh -c "echo more >>/d/file; true"'
says "Permission denied" "the default" /d/bin/sh -c 'mkdir /d/made; true'
works "what the default leaves" /d/bin/sh -c 'mkdir /d/free/made'
says "seven" "the inner scope is another user's" /d/bin/sh -c 'cat /d/seven'
if mkdir -p /d/cg && mount -t cgroup2 none /d/cg 2>/dev/null; then
  mkdir -p /d/cg/lsmp/in/below /d/cg/lsmp/inner
  caged() { (exec sh -c "echo \$\$ >$1/cgroup.procs && cat /d/caged"); }
  says "not permitted" "in the cgroup" caged /d/cg/lsmp/in
  says "not permitted" "below it" caged /d/cg/lsmp/in/below
  says caged "beside it" caged /d/cg/lsmp/inner
  rmdir /d/cg/lsmp/in/below /d/cg/lsmp/in && mkdir /d/cg/lsmp/in
  says "not permitted" "made again after the load" caged /d/cg/lsmp/in
  umount /d/cg
else
  skip "no cgroup2 here"
fi
works "it unloads" lsmpctl unload scopes
umount /d
