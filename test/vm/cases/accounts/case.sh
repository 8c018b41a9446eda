# user("…") and group("…"): looked up when the policy is loaded, then they stand.
cp /etc/passwd /tmp/passwd; cp /etc/group /tmp/group
printf 'web:x:33:33::/:/bin/sh\nadmin:x:1001:1001::/:/bin/sh\n' >>/etc/passwd
printf 'adm:x:44:\n' >>/etc/group
mkdir -p /d && mount -t tmpfs none /d && chmod 777 /d
for name in web admins owner below allow group; do echo x >/d/$name; done; chmod 666 /d/*
calls accounts

works "it loads again" lsmpctl load accounts.bpf.o
has "status says what was found" "$(lsmpctl status accounts)" 'user("web") is 33'
has "in JSON too" "$(lsmpctl status accounts --format json)" '"filled":[{"text":"user(\"web\")","value":33}'
sed -i 's/^web:x:33/web:x:34/' /etc/passwd
is "what was filled in stays" "EPERM ok" "$(echo $(../act uid=33 open /d/web r; ../act uid=34 open /d/web r))"
works "it is loaded anew" lsmpctl load accounts.bpf.o
is "and looked up anew" "ok EPERM" "$(echo $(../act uid=33 open /d/web r; ../act uid=34 open /d/web r))"

out=$(lsmpctl load nobody.bpf.o 2>&1); is "an unknown name is refused as the host's fault" 2 $?
has "with the name and the line" "$out" 'this host has no user `no-such-user`, which policy `nobody` asks for at nobody.lsmp:3'
has "each of them" "$out" 'this host has no group `no-such-group`, which policy `nobody` asks for at nobody.lsmp:4'
lacks "and only them" "$out" '`web`'
lacks "nothing of it is loaded" "$(lsmpctl list)" nobody
is "not even what could be" "ok" "$(../act uid=33 open /d/web r)"
refused "with others, nothing is loaded" "error[R050]" lsmpctl load lenient.bpf.o nobody.bpf.o
lacks "none of them" "$(lsmpctl list)" lenient
is "and what was in force is" "EPERM" "$(../act uid=34 open /d/web r)"
rm /etc/passwd
refused "without its file nothing is found" '`/etc/passwd` cannot be read' lsmpctl load lenient.bpf.o
works "it unloads" lsmpctl unload accounts
cp /tmp/passwd /etc/passwd; cp /tmp/group /etc/group

# A loader that fills in nothing leaves them unresolved: denies match, an allow does not.
plain() { ../plain "$1" ../act "uid=$2" open "/d/$3" r; }
is "unset, a deny matches" "EPERM" "$(plain unset.bpf.o 33 web)"
is "whoever asks" "EPERM" "$(plain unset.bpf.o 34 web)"
is "in a set with an unset member too" "EACCES" "$(plain unset.bpf.o 5 admins)"
is "and outside of it" "EACCES" "$(plain unset.bpf.o 5 owner)"
is "but what the rest decides is decided" "ok" "$(plain unset.bpf.o 0 owner)"
is "an allow does not" "EROFS" "$(plain unset.bpf.o 34 allow)"
is "but with unresolved allow" "ok" "$(plain lenient.bpf.o 33 web)"
umount /d
