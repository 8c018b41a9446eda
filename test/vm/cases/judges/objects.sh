# Random policies, and what `lsmpc test` says of random events. FIRST, POLICIES, EVENTS: which and how many.
python3 ../../../oracle/judges.py lsmpc $KERNEL $TARGETS ${FIRST:-0} ${POLICIES:-5} ${EVENTS:-21} "$OUT"
rm "$OUT/index.json"
