# What policies count, over HTTP, while a folder is watched; whoever asks, asks wrongly or stalls delays nothing.
umask 022
chmod 755 / /cases .
dir=$PWD/policies other=$PWD/other url=http://127.0.0.1:15767/metrics
echo x > /tmp/one; echo x > /tmp/two
mkdir $dir $other; cp two.bpf.o $other
begin() { : > watch.out; : > watch.err; lsmpctl apply --watch --metrics "$@" >> watch.out 2>> watch.err & watcher=$!; }
end() { kill -TERM $watcher; wait $watcher 2> /dev/null; code=$?; }
scrape() { wget -q -O - $url; }
fresh() { usleep 1100000; scrape; } # a look is kept for a second
# raw TEXT: as it is sent, and what comes back
raw() { printf "$1" | nc 127.0.0.1 15767 | tr -d '\r'; }

refused "an address that this host has not" "error[R088]: metrics cannot be served on \`192.0.2.1:15767\`: Cannot assign requested address" lsmpctl apply --watch --metrics=192.0.2.1:15767 $other
begin $dir --allow-empty
comes "it says where" "metrics are at $url" watch.err
comes "nothing is there yet" "nothing to do" watch.out
is "only this machine is served" "0100007F:3D97" "$(awk '$4 == "0A" && $2 ~ /:3D97$/ { print $2 }' /proc/net/tcp /proc/net/tcp6 2> /dev/null)"
text=$(scrape)
has "no policy: the families" "$text" "# TYPE lsmp_policy_info gauge"
is "and no sample of any" "lsmp_bpf_stats_enabled 0" "$(echo "$text" | grep -v '^#')"
says "error[R088]: metrics cannot be served on \`127.0.0.1:15767\`: Address already in use" "a port that is taken" lsmpctl apply --watch --metrics $other
lsmpctl apply --watch --metrics $other > /dev/null 2>&1
is "the host is at fault" 2 $?
is "and nothing is applied" "" "$(lsmpctl list --format json | grep -F '"name":"two"')"
is "not even begun" "$(printf 'no policy is loaded')" "$(lsmpctl list)"

cp one.bpf.o $dir
comes "a policy comes" "one: loaded" watch.out
cat /tmp/one 2> /dev/null; cat /tmp/one 2> /dev/null
text=$(fresh)
has "what it counts" "$text" 'lsmp_denied_total{policy="one"} 2'
is "as stats has it" "$(lsmpctl stats --format prometheus)" "$text"
answer=$(raw 'GET /metrics?all HTTP/1.1\r\nHost: x\r\n\r\n')
is "it is done" "HTTP/1.1 200 OK" "$(echo "$answer" | head -n 1)"
has "Prometheus' type" "$answer" "Content-Type: text/plain; version=0.0.4"
head=$(raw 'HEAD /metrics HTTP/1.1\r\nHost: x\r\n\r\n')
is "HEAD is answered alike" "$(echo "$answer" | sed '/^$/,$d')" "$head"
has "with the length of what is left out" "$head" "Content-Length: $(scrape | wc -c)"
has "another path" "$(raw 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')" "HTTP/1.1 404 Not Found"
post=$(raw 'POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nmore')
has "another method" "$post" "HTTP/1.1 405 Method Not Allowed"
has "those that there are" "$post" "Allow: GET, HEAD"
has "no HTTP" "$(raw 'nonsense\r\n\r\n')" "HTTP/1.1 400 Bad Request"
long=$(head -c 9000 /dev/zero | tr '\0' a)
has "more than a request" "$(raw "GET /metrics HTTP/1.1\r\nHost: $long\r\n\r\n")" "HTTP/1.1 431"

# Who stalls.
: > stalls; ./stalled 15767 100 > stalls & stalls=$!
i=0; while [ $i -lt 100 ] && ! grep -q stalled stalls; do i=$((i + 1)); usleep 100000; done
has "many stall" "$(cat stalls)" stalled
has "others are served" "$(scrape)" 'lsmp_policy_info{policy="one"'
cp one_changed.bpf.o $dir/one.bpf.o
comes "the folder is followed" "one: replaced (generation 2 is in force)" watch.out
refused "and decides" "Operation not permitted" cat /tmp/one
wait $stalls
has "who stalls is sent away" "$(cat stalls)" closed

# While another command is at work, for long.
: > holds; ../hold /sys/fs/bpf/lsmp > holds & holder=$!
i=0; while [ $i -lt 100 ] && ! grep -q held holds; do i=$((i + 1)); usleep 100000; done
cp one.bpf.o $dir
usleep 1100000
raw 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n' > told & asking=$!
has "other questions are answered" "$(raw 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')" "HTTP/1.1 404 Not Found"
wait $asking
has "who asks meanwhile is told" "$(cat told)" "HTTP/1.1 503 Service Unavailable"
has "in a sentence" "$(cat told)" "another command is at work on the policies: ask again"
kill $holder; wait $holder 2> /dev/null
comes "then the folder is applied" "one: replaced (generation 3 is in force)" watch.out
has "and its counts are there" "$(fresh)" 'generation="3"'

# Many ask during many an apply.
(while [ ! -e done ]; do
  answer=$(raw 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n' | head -n 1)
  echo "${answer#HTTP/1.1 }"
  usleep 50000
done) > scrapes & scraper=$!
for round in 1 2 3 4 5; do
  [ $((round % 2)) = 1 ] && next=one_changed.bpf.o || next=one.bpf.o
  cp $next $dir/.one && mv $dir/.one $dir/one.bpf.o
  comes "replacement $round comes through" "one: replaced (generation $((3 + round)) is in force)" watch.out
done
touch done; wait $scraper
is "who asks is answered" yes "$([ -s scrapes ] && echo yes)"
is "each time, with counts or with the reason" "" "$(grep -vx -e '200 OK' -e '503 Service Unavailable' scrapes)"
has "and with counts when it is over" "$(fresh)" 'generation="8"'
is "no pass has failed" "" "$(grep -v ': note: ' watch.err)"

# It ends at once, whoever is connected, and the port is free.
: > stalls; ./stalled 15767 3 > stalls & stalls=$!
i=0; while [ $i -lt 100 ] && ! grep -q stalled stalls; do i=$((i + 1)); usleep 100000; done
end
is "it ends well" 0 $code
wait $stalls
refused "nobody serves" "refused" wget -O - $url
begin 127.0.0.1:15767 $dir
comes "the next one does" "one: unchanged" watch.out
has "at once" "$(scrape)" 'lsmp_policy_info{policy="one"'
end

# The page's own commands, and every family is on it.
mkdir -p /etc/lsmp/policies; cp two.bpf.o /etc/lsmp/policies
serve=$(sed -n 's/^    sudo \(lsmpctl apply .*\)/\1/p' page.md) ask=$(sed -n 's/^    \(wget .*\)/\1/p' page.md)
: > watch.err; $serve > watch.out 2>> watch.err & watcher=$!
comes "the page's command serves" "two: loaded" watch.out
for family in $($ask | sed -n 's/^# TYPE \([a-z_]*\) .*/\1/p'); do
  grep -qF "\`$family\`" page.md && echo "on the page" || echo "$family is not on the page"
done > families
is "the page's question is answered, and it has each family" "on the page" "$(sort -u families)"
end
lsmpctl unload --all > /dev/null
rm -r /etc/lsmp
