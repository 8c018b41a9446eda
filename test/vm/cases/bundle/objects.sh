# One object of three policies, which are named in their order.
mkdir "$OUT/members"
for policy in one two watch; do cp $policy.policy "$OUT/members/$policy.lsmp"; done
lsmpc build --bundle all --target $TARGETS -o "$OUT" "$OUT/members" > /dev/null
rm -r "$OUT/members" "$OUT/index.json"
