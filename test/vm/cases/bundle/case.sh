# A bundle: each policy searches on its own, all are evaluated, the first refusal is the verdict.
mkdir -p /b && mount -t tmpfs none /b && touch /b/a /b/b /b/c && mkdir /b/only /b/gone
opens() { ../act open /b/$1 r; }
# line MESSAGE OBJECT: its event
line() { grep "\"message\":\"$1\"" events | grep -F "\"path\":\"$2\""; }

works "it loads" lsmpctl load all.bpf.o
is "an allow ends its own policy's search only" ENOANO "$(opens a)"
is "the first refusal is the verdict" EACCES "$(opens b)"
is "one refusal is enough" EACCES "$(opens c)"
is "an allow of another policy takes no refusal back" EDQUOT "$(../act mkdir /b/made-two)"
is "what is unresolved refuses in one policy" EXDEV "$(../act mkdir /b/null-one)"
is "and permits in another, as its header says" ok "$(../act mkdir /b/null-two)"
is "a hook of one policy" ENODEV "$(../act rmdir /b/only)"
is "and its neighbour" ok "$(../act rmdir /b/gone)"
lsmpctl events all >events
has "the refusal that decides has its event" "$(line one /b/b)" '"errno":"EACCES","enforced":true'
has "so has one that comes later" "$(line two /b/b)" '"errno":"ENOANO","enforced":true'
has "a policy in mode audit kills nobody and says so" "$(line watch /b/b)" '"enforced":false'
is "it is evaluated after refusals, too" 3 "$(grep -c '"message":"watch"' events)"
is "nothing of a policy whose search has ended" "" "$(line one /b/a)"
has "each names its own file" "$(line watch /b/a)" '"source":"watch.lsmp:3"'
has "unresolved is said" "$(line one-null /b/null-one)" '"unresolved":true'
has "an allow is audited" "$(line two-gone /b/gone)" '"verdict":"allow"'
has "status shows whose rules they are" "$(lsmpctl status all)" "two.lsmp:3"
works "it is replaced" lsmpctl load all.bpf.o
is "as a whole" "EACCES ENODEV" "$(opens b) $(../act rmdir /b/only)"
is "under its own name" "all" "$(lsmpctl list | sed 's/ .*//')"
works "it unloads" lsmpctl unload all
is "then nothing is refused" ok "$(opens b)"

works "it loads in audit mode" lsmpctl load --audit all.bpf.o
is "where nothing is refused" "ok ok ok" "$(opens a) $(opens b) $(../act mkdir /b/made-two)"
lsmpctl events all >events
is "and all is recorded" 6 "$(grep -c '"enforced":false' events)"
works "it unloads again" lsmpctl unload all
umount /b
