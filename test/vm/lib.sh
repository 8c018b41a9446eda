# For case.sh in the guest. Every line that counts begins with ok, not ok or skip. The case's objects and programs are in $PWD.
pass() { echo "ok $CASE: $*"; }
fail() { echo "not ok $CASE: $*"; }
skip() { echo "skip $CASE: $*"; }
# is WHAT EXPECTED FOUND
is() { if [ "$2" = "$3" ]; then pass "$1"; else fail "$1: expected [$2], found [$3]"; fi; }
# has WHAT TEXT PATTERN: the text holds the fixed string
has() { if printf '%s' "$2" | grep -qF -- "$3"; then pass "$1"; else fail "$1: [$3] is not in [$2]"; fi; }
lacks() { if printf '%s' "$2" | grep -qF -- "$3"; then fail "$1: [$3] is in [$2]"; else pass "$1"; fi; }
# works WHAT COMMAND…, refused WHAT TEXT COMMAND…: the command fails and its words hold TEXT
works() { what=$1; shift; if out=$("$@" 2>&1); then pass "$what"; else fail "$what: $out"; fi; }
refused() {
  what=$1 text=$2; shift 2
  if out=$("$@" 2>&1); then fail "$what: it worked"; else has "$what" "$out" "$text"; fi
}
# module NAME: one of runtime/guest/modules.def is in the kernel.
module() {
  [ -e /lib/modules/$1.ko ] || { fail "the kernel's cache has no module $1: \`lsmpc kernels fetch\` it again"; return 1; }
  [ -e /sys/module/$1 ] || insmod /lib/modules/$1.ko
}
# comes WHAT TEXT FILE: within half a minute
comes() {
  i=0; while [ $i -lt 300 ] && ! grep -qF -- "$2" $3; do i=$((i + 1)); usleep 100000; done
  has "$1" "$(cat $3)" "$2"
}
# lets_go: the kernel ends the link of a removed pin a little later, after its readers (RCU).
lets_go() { i=0; while [ $i -lt 300 ] && lsmpctl status 2>&1 | grep -q "is gone; its link"; do i=$((i + 1)); usleep 100000; done; }
# says TEXT WHAT COMMAND…: what it prints, or the words of its refusal, hold TEXT.
says() {
  wanted=$1 what=$2; shift 2
  has "$what" "$("$@" 2>&1 </dev/null)" "$wanted"
}
# events_are EXPECTED EVENTS: files. Of each hook and thread named in an `expect` line (expect.h), exactly the events that are expected.
events_are() {
  awk -v case="$CASE" '
    NR == FNR && $1 == "expect" {
      key = $2 " " $3; object = substr($0, length($1 $2 $3 $4) + 5)
      keys[key] = 1; wanted[key " " object]++; next
    }
    NR == FNR { if ($1 == "not") print; next }
    match($0, /"hook":"[a-z_]*"/) {
      hook = substr($0, RSTART + 8, RLENGTH - 9)
      if (!match($0, /"comm":"t:[^"]*"/)) next
      key = hook " " substr($0, RSTART + 8, RLENGTH - 9)
      object = substr($0, index($0, "\"object\":") + 9); sub(/}$/, "", object)
      if (!(key in keys)) next
      found[key " " object]++
      if (!((key " " object) in wanted)) { print "not ok " case ": " key ": unexpected event with " object; bad = 1 }
    }
    END {
      for (line in wanted)
        if (found[line] == wanted[line]) good++
        else print "not ok " case ": " line ": expected " wanted[line] " events, found " found[line] + 0
      if (good) print "ok " case ": " good " objects are seen as made"; else print "not ok " case ": no object is seen as made"
    }' "$1" "$2"
}
# agrees_with_kernel FILE: each `expect file_open … live` line has its `dpath` line with the same path.
agrees_with_kernel() {
  awk -v case="$CASE" '
    $1 == "dpath" { kernel[$2 " " substr($0, length($1 $2) + 3)] = 1; said[$2] = $0 }
    $1 == "expect" && $2 == "file_open" && $4 == "live" { wanted[++count] = $3 " " substr($0, length($1 $2 $3 $4) + 5); thread[count] = $3 }
    END {
      for (i = 1; i <= count; i++)
        if (wanted[i] in kernel) good++
        else print "not ok " case ": bpf_d_path: expected " wanted[i] ", found " said[thread[i]]
      if (good) print "ok " case ": bpf_d_path says the same of " good " paths"; else print "not ok " case ": bpf_d_path says nothing"
    }' "$1"
}
