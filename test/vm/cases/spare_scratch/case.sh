# A task that the kernel gives no memory is judged in a spare one, and refused where there is none left.
mkdir -p /d && mount -t tmpfs none /d && for file in good denied other from moved; do echo x >/d/$file; done
cp ../act /d/stranger
cp ../act /d/unlisted
works "it loads" lsmpctl load never.bpf.o
case $(uname -r) in 5.10*) usual=1 refused=ok ;; *) usual= refused=EACCES ;; esac
is "a path that no rule names" ok "$(../act open /d/good r)"
is "one that is denied" EACCES "$(../act open /d/denied r)"
is "one that is denied to another" ok "$(../act open /d/other r)"
is "and that other" EPERM "$(/d/stranger open /d/other r)"
is "two paths" EPERM "$(../act rename /d/from /d/to)"
is "two others" ok "$(../act rename /d/moved /d/to)"
has "the events have the paths" "$(lsmpctl events never)" '"old_path":"/d/from","new_path":"/d/to"'
is "at once" 0 "$(./spares strive 3000 /d/good /d/denied)"
is "and all is given back" 0 "$(./spares taken)"
has "no memory was missing" "$(lsmpctl status never)" " no_scratch 0 "
if [ $usual ]; then
  has "without task storage there is always some" "$(lsmpctl status never)" " spare_scratch 0"
else
  lacks "spare ones were used" "$(lsmpctl status never)" " spare_scratch 0"
fi
is "where none is left" $refused "$(./spares full /d/good)"
[ $usual ] || lacks "that is counted" "$(lsmpctl status never)" " no_scratch 0 "
is "once there is one again" ok "$(../act open /d/good r)"
works "it unloads" lsmpctl unload never
# Memory that is there at first and then not: what it held is unresolved.
works "the other loads" lsmpctl load later.bpf.o
[ $usual ] && is "a string that is in no set" ok "$(/d/unlisted open /d/other r)"
[ $usual ] || is "one that is lost meanwhile" EACCES "$(/d/unlisted open /d/other r)"
works "it unloads" lsmpctl unload later
umount /d
