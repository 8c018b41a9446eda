# The same rule by an automaton and in a table, each in two versions that deny the opposite.
for word in deny open; do
  mkdir "$OUT/$word"
  cat >"$OUT/$word/few.lsmp" <<END
on file_open when path == "/t/never" deny EAGAIN
on file_lock when path == "/t/never" deny EAGAIN
on file_open when path ~ "**/*-$word/**" deny EACCES
on file_open when uid == 7 and path ~ "**/f1" deny EACCES
on file_lock when path ~ "**/f1" deny ENOLCK
END
  { cat "$OUT/$word/few.lsmp"; awk 'BEGIN { for (i = 0; i < 80; i++) printf "on file_open when path == \"/never/%d\" deny EACCES\n", i }'; } >"$OUT/$word/many.lsmp"
  lsmpc build --target $TARGETS -o "$OUT/$word" "$OUT/$word/few.lsmp" "$OUT/$word/many.lsmp" >/dev/null
  for name in few many; do mv "$OUT/$word/$name.bpf.o" "$OUT/$name-$word.bpf.o"; done
  rm -r "$OUT/$word"
done
