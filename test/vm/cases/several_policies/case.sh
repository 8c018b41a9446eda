# Two policies that are loaded one by one: any refusal refuses; the newest is asked first, and what it refuses the older one does not see.
mkdir -p /d && mount -t tmpfs none /d
for name in both newer allowed mine other; do echo x >/d/$name; done
opens() { ../act open /d/$1 r; }
works "the older loads" lsmpctl load older.bpf.o
is "the older alone" EACCES "$(opens both)"
works "the newer loads" lsmpctl load newer.bpf.o
lsmpctl events older >/dev/null
is "the newest is asked first" EIO "$(opens both)"
is "it refuses what the older permits" EIO "$(opens newer)"
is "its allow takes no refusal of the older back" EROFS "$(opens allowed)"
is "nor does the older's allow" ENODEV "$(opens mine)"
is "what neither refuses" ok "$(opens other)"
lsmpctl events older >events
is "the older sees what is not refused before it, and no more" 1 "$(grep -c '"hook"' events)"
has "that is" "$(cat events)" '"path":"/d/allowed"'
is "the newer has an event of each of its refusals" 3 "$(lsmpctl events newer | grep -c '"message":"newer"')"
works "it is loaded anew" lsmpctl load older.bpf.o
is "then it is the newest" EACCES "$(opens both)"
is "status lists them as they are asked" "older newer" "$(echo $(lsmpctl status | sed -n 's/^\([a-z]*\) (.*/\1/p'))"
has "and says so" "$(lsmpctl status)" "asked in this order"
works "they unload" lsmpctl unload --all
is "then nothing is refused" ok "$(opens both)"
umount /d
