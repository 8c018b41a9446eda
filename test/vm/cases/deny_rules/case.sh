# The order of rules, their actions, and rules over two paths.
mkdir -p /d && mount -t tmpfs none /d && mkdir /d/mine /d/mixed /d/held
for name in first second noted seen quiet bare only secret front back; do echo x >/d/$name; done
calls rules
umount /d
