# Denials of making, moving, removing and changing names.
mkdir -p /d && mount -t tmpfs none /d
calls names
umount /d
