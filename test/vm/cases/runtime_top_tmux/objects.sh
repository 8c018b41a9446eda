# tmux wants a locale of UTF-8.
cp /usr/lib/locale/C.utf8/LC_CTYPE "$OUT/LC_CTYPE"
