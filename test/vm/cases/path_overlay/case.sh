# Overlayfs opens the lower or upper file behind the user's: no event of its own, and no refusal.
works "overlayfs is there" module overlay
works "the policy loads" lsmpctl load overlay.bpf.o
works "the calls end" sh -c "./stacked > /expected"
lsmpctl events overlay > /events
events_are /expected /events
is "the forbidden file's refusals" "$(grep -c '^expect .* t:no' /expected)" "$(grep -c '"verdict":"deny","errno":"EACCES","enforced":true' /events)"
lacks "nothing is unresolved" "$(cat /events)" "unresolved"
lacks "the layers are not seen" "$(cat /events)" '"/o/lower'
works "the policy unloads" lsmpctl unload overlay
