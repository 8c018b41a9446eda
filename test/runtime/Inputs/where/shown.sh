# shown.sh TEST EVENTS: lines `# PID…: EXPRESSION` of the test; prints those of which `events --where` shows other events, and how many it looked at
looked=0
while IFS= read -r line; do
  pids=${line%%: *} expression=${line#*: }
  found=$(lsmpctl events --from "$2" --where "$expression" | sed -n 's/.*"\(process\|interrupted\)":{"pid":\([0-9]*\).*/\2/p; s/.*"\(lost\|unwritten\)":.*/-/p' | tr '\n' ' ')
  [ "# $found" = "$pids " ] || echo "$line: shown are $found"
  looked=$((looked + 1))
done <<EOF
$(grep '^# [0-9 -]*: ' "$1")
EOF
echo "$looked expressions"
