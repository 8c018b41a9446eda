# contain.sh IMAGE COMMAND SOURCE:PLACE[:ro]…
image=$1 command=$2; shift 2
mount -t proc proc $image/proc
mount -t sysfs sysfs $image/sys
for mount in "$@"; do
  source=${mount%%:*} rest=${mount#*:}
  place=$image${rest%:ro}
  if [ -d $source ]; then mkdir -p $place; else mkdir -p ${place%/*}; : >>$place; fi
  mount --bind $source $place
  [ $rest = ${rest%:ro} ] || mount -o remount,bind,ro $place
done
exec chroot $image $command
