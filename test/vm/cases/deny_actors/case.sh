# Denials by who acts, and by the capability that is asked for.
mkdir -p /d && mount -t tmpfs none /d && echo x >/d/file && echo x >/d/not-ours
calls actors
umount /d
