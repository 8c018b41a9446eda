# An attribute against another: paths, texts and addresses, also of more bytes than one step of the comparison looks at.
ip link set lo up
mkdir -p /d && mount -t tmpfs none /d
long=llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll
mkdir -p /pairs/$long /d/pairs /d/apart /d/mine /d/chosen
chmod 777 /d/mine /d/chosen
for file in /pairs/$long/$long /pairs/x /d/pairs/x; do echo 1 >$file; done
calls pairs
umount /d
rm -r /pairs
