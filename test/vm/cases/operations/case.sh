# The commands of docs/operations.md, in its order, and what they bring about. Of what can fail: what no other case shows.
umask 022
chmod 755 / /cases .
PATH=$PATH:/usr/bin
rm -rf /etc/lsmp # of another case
mkdir -p /srv build/bin packaging
echo x >/srv/secret; echo 198.51.100.9 >/etc/banned
cp /bin/lsmpctl /usr/bin/lsmpctl; cp /bin/lsmpctl build/bin/; cp Containerfile packaging/; cp first.bpf.o web.bpf.o
. ./service.sh
. ./container.sh

# page COMMAND: one that the page has, with names for what it leaves open; `begin=exec` where it goes on.
page() {
  grep -qxF -e "$1" listed || fail "not listed: $1"
  echo "$1" >>ran
  command=$(printf '%s' "$1" | sed -e 's#OBJECT…#web.bpf.o#; s#OBJECT#web.bpf.o#; s#DIR#/etc/lsmp/policies#; s#\[NAME\]#web#; s#NAME\.SET#web.banned#; s#NAME…#web#; s#VALUE…#198.51.100.7 198.51.100.8#; s#60s#8s#' -e "s#FILE#$file#g")
  eval "$begin $command"
}
opened() { cat /srv/secret 2>&1 | sed 's/.*: //'; }
old() { is "$1: the old policy decides" "Permission denied" "$(opened)"; }
new() { is "$1: the new policy decides" "Operation not permitted" "$(opened)"; }
none() { is "$1: nothing decides" x "$(opened)"; }
ends() { kill -${2:-TERM} $1; wait $1 2>/dev/null; }
# rebooted: what is left of the bpffs after that
rebooted() { umount /sys/fs/bpf && mount -t bpf bpf /sys/fs/bpf; }

# Load
has "doctor" "$(page 'lsmpctl doctor')" "policies can be loaded here"
has "load" "$(page 'lsmpctl load web.bpf.o')" "web 1: in force on file_open, socket_connect (2 rules)"
old "loaded"
has "status of one" "$(page 'lsmpctl status web')" "web 1 (enforce, generation 1)"
has "load of several" "$(page 'lsmpctl load OBJECT…')" "replaced"
works "unload" page 'lsmpctl unload NAME…'
none "unloaded"

# Apply a folder
works "the folder" page 'install -d -m 755 /etc/lsmp/policies'
works "an object in it" page 'install -m 644 web.bpf.o /etc/lsmp/policies/'
is "for root" "755 644" "$(echo $(stat -c %a /etc/lsmp/policies /etc/lsmp/policies/web.bpf.o))"
has "apply" "$(page 'lsmpctl apply DIR')" "web: loaded"
: >said; begin=exec page 'lsmpctl apply DIR --watch' >>said 2>&1 & watcher=$!
comes "apply --watch" "web: unchanged" said
lsmpctl unload web >/dev/null
comes "goes on" "web: loaded (generation 1 is in force): somebody had unloaded it" said
ends $watcher
old "the watcher has ended"

# Load at boot
rebooted
none "after a boot without the service"
page 'systemctl enable --now lsmp.service'
comes "the service loads" "web: loaded" journal
old "after a boot"
ends $service KILL
old "the service is killed"

# The container: the same origin.
works "an image" page 'podman build -t lsmpctl -f packaging/Containerfile build/bin'
: >said; page 'podman run --rm --privileged --pid=host -v /sys/fs/bpf:/sys/fs/bpf -v /sys/kernel/security:/sys/kernel/security:ro -v /etc/passwd:/etc/passwd:ro -v /etc/group:/etc/group:ro -v /etc/lsmp/policies:/etc/lsmp/policies:ro lsmpctl' >>said 2>&1 & container=$!
comes "it finds what the service has loaded" "web: unchanged" said
lsmpctl unload web >/dev/null
comes "and loads" "web: loaded" said
ends $container
old "the container has ended"
says "error[R006]" "without the host's bpffs" podman run --rm --privileged --pid=host -v /sys/kernel/security:/sys/kernel/security:ro -v /etc/lsmp/policies:/etc/lsmp/policies:ro lsmpctl

# Update: a policy
page 'systemctl restart lsmp'
comes "the service is back" "web: unchanged" journal
cp second.bpf.o web.bpf.o
page 'cp /etc/lsmp/policies/web.bpf.o web-before.bpf.o'
page 'install -m 644 web.bpf.o /etc/lsmp/policies/.web.bpf.o'
has "a hidden file is none of the folder" "$(page 'lsmpctl apply /etc/lsmp/policies')" "web: unchanged"
old "it is beside"
page 'mv /etc/lsmp/policies/.web.bpf.o /etc/lsmp/policies/web.bpf.o'
comes "it is replaced" "web: replaced (generation 2 is in force): its object is another" journal
new "updated"
works "to apply it besides is no harm" page 'lsmpctl apply /etc/lsmp/policies'
has "and changes nothing" "$out" "web: unchanged (generation 2 is in force)"

# Update: lsmpctl
{ cat /bin/lsmpctl; echo; } >next; chmod 755 next; mv next /usr/bin/lsmpctl
cp /usr/bin/lsmpctl /bin/next; mv /bin/next /bin/lsmpctl
has "the new program reads the pins" "$(lsmpctl status web)" "web 2 (enforce, generation 2)"
has "the service is the old one" "$(readlink /proc/$service/exe)" "deleted"
new "lsmpctl is another"
page 'systemctl restart lsmp'
comes "until it is started again" "web: unchanged (generation 2 is in force)" journal
is "as the new one" /usr/bin/lsmpctl "$(readlink /proc/$service/exe)"
new "the service is another"
# One of another ABI.
page 'systemctl disable --now lsmp.service'
works "what is in force is of another ABI" ./other_abi /sys/fs/bpf/lsmp/web/2/manifest
says "error[R035]: \`web\` is not as it was loaded: \`/sys/fs/bpf/lsmp/web/2/manifest\` has ABI 9, this program understands 2" "another ABI: told" lsmpctl status
says "error[R035]" "another ABI: its sets cannot be read" lsmpctl set web.banned list
new "another ABI"
page 'systemctl restart lsmp'
comes "another ABI: what is in force is replaced" "web: replaced (generation 3 is in force): it was damaged" journal
new "another ABI, replaced"

# Roll back: a trial over what a folder holds, then the object before.
cp first.bpf.o web.bpf.o
has "on trial" "$(page 'lsmpctl load --replace --confirm-within 60s web.bpf.o')" "on trial: taken back in"
old "on trial"
i=0; while [ $i -lt 60 ] && ! lsmpctl list | grep -q "^web .*was applied"; do i=$((i + 1)); sleep 1; done
new "it is taken back"
has "with its origin" "$(lsmpctl list)" "was applied from \`/etc/lsmp/policies\`"
: >journal
page 'install -m 644 web-before.bpf.o /etc/lsmp/policies/.web.bpf.o'
page 'mv /etc/lsmp/policies/.web.bpf.o /etc/lsmp/policies/web.bpf.o'
comes "the object before" "its object is another" journal
old "rolled back"
has "its SHA-256" "$(page 'lsmpctl status --format json')" "\"sha256\":\"$(sha256sum first.bpf.o | cut -d ' ' -f 1)\""
cp second.bpf.o web.bpf.o
works "another by hand" page 'lsmpctl load --replace OBJECT'
comes "is a conflict" "error[R081]" journal
new "by hand"
works "the one before by hand" page 'lsmpctl load --replace web-before.bpf.o'
old "by hand"
page 'systemctl disable --now lsmp.service'
works "load on trial" page 'lsmpctl load --confirm-within 60s web.bpf.o'
is "confirm" "web: stays in force" "$(page 'lsmpctl confirm')"
sleep 9
new "confirmed"

# Watch
has "list" "$(page 'lsmpctl list')" "web  enforce  2 hooks  2 rules"
: >lines; begin=exec page 'lsmpctl events --follow' >>lines & reader=$!
opened >/dev/null
comes "events" '"verdict":"deny","errno":"EPERM","enforced":true' lines
ends $reader
mkdir -m 700 /run/kept; file=/run/kept/events
begin=exec page 'lsmpctl events --follow --output FILE' & reader=$!
while [ ! -e $file ]; do usleep 10000; done
opened >/dev/null
comes "a collector" '"path":"/srv/secret"' $file
has "its file is read" "$(page 'lsmpctl events [NAME] --from FILE')" '"path":"/srv/secret"'
ends $reader
works "calls are counted" page 'sysctl kernel.bpf_stats_enabled=1'
opened >/dev/null
counts=$(page 'lsmpctl stats')
has "stats" "$counts" "denied 4"
lacks "with runs and time" "$counts" "are not counted"
has "status" "$(page 'lsmpctl status')" "denied 4"
has "top" "$(page 'lsmpctl top --once')" "web  "
sysctl kernel.bpf_stats_enabled=0 >/dev/null

# Export metrics
has "metrics" "$(page 'lsmpctl stats --format prometheus')" 'lsmp_denied_total{policy="web"} 4'
file=/run/kept/metrics
works "metrics in a file" page 'lsmpctl stats --format prometheus > FILE.new && mv FILE.new FILE'
is "as it is" "$(lsmpctl stats --format prometheus)" "$(cat $file)"
lsmpctl unload web >/dev/null
page 'systemctl edit lsmp'
page 'systemctl restart lsmp'
comes "the service serves them" "metrics are at" journal
comes "when it has loaded" "web: loaded" journal
has "over HTTP" "$(page 'wget -q -O - http://127.0.0.1:15767/metrics')" 'lsmp_policy_info{policy="web",version="1"'

# Sets
banned() { ../act connect 203.0.113.7 80; }
lacks "nobody is banned" "$(banned)" EPERM
works "add" page 'lsmpctl set web.banned add 203.0.113.7 --for 30m'
is "it is banned" EPERM "$(banned)"
works "list" page 'lsmpctl set web.banned list'
has "it has an end" "$out" "203.0.113.7 "
works "replace" page 'lsmpctl set web.banned replace --from /etc/banned'
lacks "it is banned no longer" "$(banned)" EPERM
has "add some" "$(page 'lsmpctl set NAME.SET add VALUE…')" "2 added; 3 of 100"
has "remove some" "$(page 'lsmpctl set NAME.SET remove VALUE…')" "2 removed; 1 of 100"
has "replace them" "$(page 'lsmpctl set NAME.SET replace VALUE…')" "2 of 100"
is "list some" "198.51.100.7 198.51.100.8" "$(page 'lsmpctl set NAME.SET list' | xargs)"

. ./failures.sh

# Uninstall
page 'systemctl disable --now lsmp.service'
old "the service has ended"
works "unload" page 'lsmpctl unload --all'
none "uninstalled"
is "nothing is left" "" "$(ls -A /sys/fs/bpf/lsmp)"
is "no command of the page is left out" "" "$(grep -vxF -f ran listed)"
cp build/bin/lsmpctl /bin/restored; mv /bin/restored /bin/lsmpctl
rm -r /etc/lsmp /etc/banned /srv /run/kept /usr/bin/lsmpctl
