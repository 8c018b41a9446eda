# The profile as the kernel takes it. Its features are of a kernel that guests boot, whatever the host's has.
for name in theirs held poor; do
  /sbin/apparmor_parser -Q -K -S --features-file /usr/share/apparmor-features/features $name.profile >"$OUT/$name.aa"
done
