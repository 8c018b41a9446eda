# Conditions of several parts, of which one needs a call: each part counts.
mkdir -p /d && mount -t tmpfs none /d
for name in joined other; do echo x >/d/$name; chmod 666 /d/$name; done
calls one
calls two
calls three
calls quiet
calls sure
umount /d
