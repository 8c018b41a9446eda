# Deny and audit rules match what does not resolve, allow rules do not.
mkdir -p /d && mount -t tmpfs none /d
ip link set lo up
is "the deep file is made" ok "$(../act deep /d 21 rwc)"
is "one above it too" ok "$(../act deep /d 20 rwc)"
calls unresolved
calls lenient
calls far
umount /d
