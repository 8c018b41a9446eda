# Where policies are written, as docs/operations.md has it: a repository, its clone, what is pulled and what is taken back.
source=$PWD root=$PWD/../../../..
python3 "$root/test/docs/check_operations.py" "$root" --listed test/vm/cases/operations >"$OUT/listed"
sed -n '/^```ini$/,/^```$/{/^```/!p}' "$root/docs/operations.md" >"$OUT/drop-in"
cp "$root/packaging/lsmp.service" "$root/packaging/Containerfile" "$OUT"
mkdir "$OUT/work"
cd "$OUT/work"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@localhost GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@localhost
page() { echo "$1" >>"$OUT/ran"; eval "$1" >>log; }
# version NUMBER ERRNO: what denies opening /srv/secret
version() {
  printf 'policy web version "%s"\nset banned : ip dynamic max 100 = {}\non file_open when path ~ "/srv/secret" deny %s\non socket_connect when addr in banned deny EPERM\n' "$1" "$2" >origin/web.lsmp
  git -C origin add web.lsmp
  git -C origin commit -q -m "Version $1"
}
git init -q origin
version 1 EACCES
git clone -q origin policies
page 'lsmpc build --target 6.1,6.12 -o build policies'
cp build/web.bpf.o "$OUT/first.bpf.o"
version 2 EPERM
page 'git -C policies pull --ff-only'
page 'lsmpc build --target 6.1,6.12 -o build policies'
cp build/web.bpf.o "$OUT/second.bpf.o"
! cmp -s "$OUT/first.bpf.o" "$OUT/second.bpf.o"
page 'git -C policies revert --no-edit HEAD'
page 'lsmpc build --target 6.1,6.12 -o build policies'
cmp build/web.bpf.o "$OUT/first.bpf.o"
# One for other kernels than the guest's.
mkdir later
printf 'on file_truncate deny EPERM\n' >later/later.lsmp
lsmpc build --target 6.12,7.3 -o build later >>log
mv build/later.bpf.o "$OUT"
cd "$source"
rm -rf "$OUT/work"
