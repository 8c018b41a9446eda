# Denials by raw members of the kernel's types.
mkdir -p /d && mount -t tmpfs none /d && mkdir /d/m && echo x >/d/file && echo xx >/d/cut && echo xx >/d/cut2
# ftruncate has had a hook of its own since 6.2; a rule `if present` on it is not there before.
case $(uname -r) in
  5.10.* | 6.1.*) hook=path_truncate/cut-name lacks="this kernel lacks: file_truncate" ;;
  *) hook=file_truncate/cut lacks= ;;
esac
printf '%s\n' "ENOLCK $hook \"path\":\"/d/cut\" ftruncate /d/cut" "ok - - ftruncate /d/cut2" >>kernel.calls
# A text of more than 255 bytes is not known as a whole.
text=$(printf '%0255d' 0)
printf '%s\n' "ok - - mount $text /d/m tmpfs" "EBUSY sb_mount/source \"unresolved\":true mount 0$text /d/m tmpfs" >>kernel.calls
is "load says what the kernel lacks" "$lacks" "$(lsmpctl load kernel.bpf.o | sed -n 's/^  \(this kernel lacks.*\)/\1/p')"
lsmpctl unload kernel >/dev/null
calls kernel
umount /d
