# The policies of docs/cookbook that have a recipe here, one object each for all kernels.
for recipe in *.recipe; do
  lsmpc build --target 5.10,6.1,6.12,7.3 -o "$OUT" ../../../../docs/cookbook/${recipe%.recipe}.lsmp > /dev/null
done
rm "$OUT/index.json"
