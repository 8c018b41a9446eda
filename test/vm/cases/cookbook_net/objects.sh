# The policies of docs/cookbook that have a recipe here, one object each for all kernels.
for recipe in *.recipe; do
  lsmpc build --target $TARGETS -o "$OUT" ../../../../docs/cookbook/${recipe%.recipe}.lsmp > /dev/null
done
rm "$OUT/index.json"
