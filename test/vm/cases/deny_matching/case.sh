# Globs, sets, ranges; 200 patterns in one rule.
mkdir -p /d && mount -t tmpfs none /d
for file in star/x star/x2/y stars/x stars/x2/y mid/a/x mid/a/y mid/a/b/x middle/a/x middle/a/b/x middle/x one/a one/ab class/b class/d \
  other/d other/b alpha/f beta/f beé/f be/f list/a1 list/b list/b1 'quoted/*' quoted/a under/a/b except/no except/ok1 unequal/a unequal/b \
  uids range order bits comm set underneath; do
  case $file in */*) mkdir -p "/d/${file%/*}" ;; esac
  echo x >"/d/$file"
done
calls matching

mkdir -p /d/many /d/few
for i in 0 1; do for j in 0 1 2 3 4 5 6 7 8 9; do for k in 0 1 2 3 4 5 6 7 8 9; do : >/d/many/file$i$j$k; done; done; done
: >/d/many/file200
: >/d/few/file004
: >/d/few/file005
calls many
works "many loads" lsmpctl load many.bpf.o
is "all 200 are denied" ENAMETOOLONG "$(../act many /d/many/file 200)"
is "200 events" 200 "$(lsmpctl events many | grep -c '"message":"many"')"
works "many unloads" lsmpctl unload many
umount /d
