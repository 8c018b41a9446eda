# Versions of one policy: one that forbids to read a file, one that forbids every exec, and with it the shell's every command.
for version in file every; do
  mkdir "$OUT/$version"
  case $version in
    file) echo 'on file_open when path == "/tried" deny EPERM quiet' ;;
    every) echo 'on bprm_check_security when path ~ "/**" deny EACCES quiet' ;;
  esac >"$OUT/$version/trial.lsmp"
  lsmpc build --target $TARGETS -o "$OUT/$version" "$OUT/$version" >/dev/null
  mv "$OUT/$version/trial.bpf.o" "$OUT/$version.bpf.o"
  rm -r "$OUT/$version"
done
