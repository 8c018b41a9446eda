# A file's last names rule out what they cannot be of: names of each length that is compared in its own way, and those that a mount gives.
mkdir -p /n && mount -t tmpfs none /n
mkdir -p /n/in/in /n/other/in /n/deep /n/else /n/cover
l17=12345678901234567 l24=123456789012345678901234
l25=1234567890123456789012345 l255=$(printf '%0255d' 0)
for name in a 1234567 12345678 123456789 1234567890123456 $l17 $l24 $l25 $l255; do
  shorter=${name%?}
  for one in "$name" "${shorter}x" "$shorter" "x${name#?}"; do [ -n "$one" ] && touch "/n/$one"; done
  mkdir -p "/n/deep/$name" && touch "/n/deep/$name/$name"
done
[ ${#l255} = 255 ] || fail "a name of 255 bytes"
calls short
calls long
touch /n/in/x /n/other/in/x /n/in/in/x /n/ix /n/plain /n/target /n/moved /n/cover/seen
mount --bind /n/plain /n/target
calls folder
umount /n/target
umount /n
