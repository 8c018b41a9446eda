# Version 31 is one that all kernels of guests take.
secilc -c 31 -f /dev/null -o "$OUT/theirs.policy" theirs.cil
