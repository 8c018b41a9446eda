# Attributes of objects down, hooks across: attributes.table and hooks.table, of which ../../cells.py makes policies and calls.
make() {
  case $1 in
    file | quota) echo 01234567890 >$2 ;;
    folder) mkdir $2 ;;
    link) ln -s /d//target $2 ;;
    program) cp ../act $2 ;;
  esac
}
# distinguish ATTRIBUTE KIND YES NO: the object's value, or what the other has instead; the places of fs.* do by themselves.
distinguish() {
  case $1,$2 in
    file.owner,*) chown -h 7799 $4 ;;
    file.group,*) chown -h :7702 $3 ;;
    file.mode,*) chmod 1755 $3; chmod 755 $4 ;;
    file.type,*) rm $3; mkfifo $3; chown 7704 $3 ;;
    file.size,file | file.size,quota) echo 012345678901 >$3 ;;
    file.size,folder) for name in 1 2 3; do echo >$3/$name; done ;;
    file.size,link) rm $3; ln -s /d/././target $3; chown -h 7705 $3 ;;
    file.size,program) truncate -s 7703000 $3 ;;
    file.dev,*) rm $3 $4; mknod $3 c 1 3; mknod $4 c 1 5; chown 7707 $3 $4 ;;
    file.nlink,folder) mkdir $3/1; echo >$4/1 ;;
    file.nlink,*) ln $3 $3.more ;;
  esac
}
# fresh KIND
fresh() {
  umount /i/$1 2>/dev/null
  rm -rf /d/$1 /r/$1 /low/$1
  mkdir -p /d/$1 /r/$1 /low/$1 /i/$1
  mount -t tmpfs -o mode=755 none /i/$1
  while read -r attribute kinds place other owner condition; do
    case ,$kinds, in *,$1,*) ;; *) continue ;; esac
    yes=$place/$1/$attribute.yes no=$other/$1/$attribute.no
    [ $1 = new ] && continue
    mkdir -p ${yes%/*} ${no%/*}
    make $1 $yes; make $1 $no
    chown -h $owner $yes $no
    distinguish $attribute $1 $yes $no
  done <attributes.table
}
mkdir -p /d /r && mount -t tmpfs -o mode=755 none /d && mount -t ramfs none /r && echo x >/d/target
# Quotas are kept on devices: two filesystems of one kind on disk, mounted as two kinds.
module loop
on_device() {
  truncate -s 2M /$1.image && losetup $2 /$1.image && mke2fs $2 >/dev/null && mkdir -p /$1 && mount -t $3 -o usrquota $2 /$1
}
on_device p /dev/loop0 ext2; on_device q /dev/loop1 ext4
for kind in file folder link program new quota; do fresh $kind; done
for policy in files names inodes made quotas; do calls $policy; done
case $(uname -r) in
  5.10.*) skip "path_chown, and hooks that came later" ;;
  6.1.*) calls owners; skip "file_truncate, file_post_open, access lists, flags" ;;
  6.12.*) for policy in owners later lists; do calls $policy; done; skip "flags" ;;
  *) for policy in owners later lists flags; do calls $policy; done ;;
esac
for kind in file folder link program new quota; do umount /i/$kind; done
umount /r /d /p /q
losetup -d /dev/loop0; losetup -d /dev/loop1
rm -r /low /i /p /q /p.image /q.image
