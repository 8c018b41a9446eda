# The policy with more to ask, in another order.
mkdir "$OUT/more"
cat > "$OUT/more/descent.lsmp" << 'END'
on file_open when path == "/d/own" and ancestor.exe == "/d/bin/never" deny EBUSY
on file_open when path == "/d/own" and exe == "/d/bin/old" deny EIO
on file_open when path == "/d/file" and ancestor.exe == "/d/bin/old" deny EACCES
END
lsmpc build --target $TARGETS -o "$OUT/more" "$OUT/more/descent.lsmp" > /dev/null
mv "$OUT/more/descent.bpf.o" "$OUT/more.o"
rm -r "$OUT/more"
