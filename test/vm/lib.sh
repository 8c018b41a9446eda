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
