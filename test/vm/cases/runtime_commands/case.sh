# Each command as cli.md has it: without arguments, with several objects, by name, all; text and JSON; exit codes.
touch /tmp/first /tmp/second /tmp/watched
exits() { what=$1 code=$2; shift 2; out=$("$@" 2>&1); is "$what exits with $code" $code $?; }

is "nothing is loaded" "no policy is loaded" "$(lsmpctl list)"
exits "load without arguments where nothing is built" 2 lsmpctl load
has "and it says how" "$out" "R018"
exits "a dry run" 0 lsmpctl load --dry-run first.bpf.o second.bpf.o
has "says what the verifier counted" "$(echo "$out" | grep -c "  lsmp_file_open  processed [0-9]* insns (limit 1000000)")" "2"
has "and of which policy" "$out" "first: this kernel takes it; nothing is in force of it"
is "and leaves nothing" "no policy is loaded" "$(lsmpctl list)"
has "a dry run as JSON" "$(lsmpctl load --dry-run --format json first.bpf.o)" '{"schema":"lsmp-dry-run","version":1,"policies":[{"name":"first","absent":[],"programs":[{"name":"lsmp_file_open","verifier":"processed '
mkdir -p build && cp first.bpf.o second.bpf.o build/
echo '{"schema":"lsmp-index","version":1,"objects":["first.bpf.o","second.bpf.o"]}' > build/index.json
works "load without arguments takes what the index names" lsmpctl load
has "it says what is enforced" "$out" "first 1.2: in force on file_open (1 rule)"
has "with the rules" "$out" 'second.lsmp:2  on path_mkdir when path ~ "/tmp/second*" deny EACCES'
has "it says what was seen to be called" "$out" "the kernel calls it: file_open, path_mkdir"
has "and what was not" "$out" "attached, not proved: sb_pivotroot"
refused "the first denies" "Operation not permitted" cat /tmp/first
refused "the second denies" "Permission denied" cat /tmp/second
refused "on its other hook too" "Permission denied" mkdir /tmp/second_folder
works "what no rule names opens" cat /tmp/watched
is "its rehearsal left no events" "" "$(lsmpctl events second | grep lsmpctl)"
is "pins are for root alone" "700 700 700" \
  "$(stat -c %a /sys/fs/bpf/lsmp /sys/fs/bpf/lsmp/first /sys/fs/bpf/lsmp/first/1 | tr '\n' ' ' | sed 's/ $//')"

lines=$(lsmpctl list)
has "list has a line each" "$lines" "first  enforce  1 hook  1 rule"
has "and the other" "$lines" "second  enforce  3 hooks  3 rules"
json=$(lsmpctl list --format json)
has "list as JSON has a schema and its version" "$json" '{"schema":"lsmp-list","version":1,"policies":[{"name":"first","version":"1.2","mode":"enforce","generation":1,'
json=$(lsmpctl status second --format json)
has "status as JSON" "$json" '"schema":"lsmp-status","version":1'
has "status counts the denials" "$json" '"denied":2'
lacks "status of one name shows no other" "$json" '"name":"first"'
exits "status of what is not there" 2 lsmpctl status nothing
has "names it" "$out" "error[R030]: no policy \`nothing\` is loaded"
out=$(lsmpctl status nothing --format json 2>&1)
has "problems come as JSON too" "$out" '{"schema":"lsmp-problems","version":1,"exit":2,"problems":[{"code":"R030"'

exits "unload of one that is not there" 2 lsmpctl unload first nothing
refused "takes nothing out" "Operation not permitted" cat /tmp/first
works "unload by name" lsmpctl unload first
works "it permits again" cat /tmp/first
refused "the other stays" "Permission denied" cat /tmp/second
works "unload --all" lsmpctl unload --all
works "all permit again" cat /tmp/second
is "nothing is left in the bpffs" "" "$(ls -A /sys/fs/bpf/lsmp)"

works "two objects at once" lsmpctl load first.bpf.o second.bpf.o
exits "an object twice" 64 lsmpctl load first.bpf.o first.bpf.o
has "is told" "$out" "R029"
works "load --audit replaces it" lsmpctl load --audit first.bpf.o
has "says that nothing is denied" "$out" "first 1.2: auditing, nothing is denied, on file_open (1 rule), replaced"
works "audit permits" cat /tmp/first
has "its event says so" "$(lsmpctl events first)" '"verdict":"deny","errno":"EPERM","enforced":false'
has "status shows the mode" "$(lsmpctl status first)" "first 1.2 (audit, generation 2)"
works "a policy of mode audit loads" lsmpctl load watch.bpf.o
has "says that nothing is denied" "$out" "watch: auditing"
works "and permits" cat /tmp/watched
has "and records" "$(lsmpctl events watch)" '"enforced":false'
json=$(lsmpctl load first.bpf.o --format json)
has "load as JSON" "$json" '{"schema":"lsmp-load","version":1,"policies":[{"name":"first","version":"1.2","mode":"enforce","generation":3,"replaced":true,"gone":[],"rules":1,"proved":["file_open"],"unproved":[],"absent":[],"filled":[],"older":0}],"warnings":[]}'
is "unload as JSON" '{"schema":"lsmp-unload","version":1,"unloaded":["first","second","watch"]}' "$(lsmpctl unload --all --format json)"

exits "a word too many" 64 lsmpctl list first
exits "an unknown option" 64 lsmpctl load --nonsense
has "is told with the way out" "$out" "\`lsmpctl load --help\` shows how"
exits "an unknown command" 64 lsmpctl destroy
exits "unload without a name" 64 lsmpctl unload
exits "a file that is not there" 2 lsmpctl load nowhere.bpf.o
has "is told" "$out" "R010"
exits "doctor where all is there" 0 lsmpctl doctor
has "says so" "$out" "policies can be loaded here"
has "doctor as JSON" "$(lsmpctl doctor --format json)" '{"schema":"lsmp-doctor","version":1,"good":true,"findings":['
lsmpctl load first.bpf.o > /dev/full 2>/dev/null
refused "a load whose words nobody can read is whole" "Operation not permitted" cat /tmp/first
lsmpctl unload --all >/dev/null
