# `calls POLICY`: loads POLICY.bpf.o, makes the calls of POLICY.calls and compares what each ended with and which events there
# are; then again in audit mode, where nothing is denied and the events are the same. A line of POLICY.calls:
#   RESULT EVENT OBJECT WORDS…   one call of `act` (test/vm/act). RESULT: `ok` or an errno's name; `EPERM:EACCES` where the
#                                rule says EACCES and the call shows EPERM; `EIO>EINVAL` where it fails without us too, `EIO>ok|EINVAL` where it does on some kernels. EVENT: HOOK/MESSAGE
#                                of the rule that makes it, several joined by `,`, or `-`; `HOOK|HOOK/MESSAGE` where kernels differ; with a `?`
#                                one that there may be where nothing is denied. OBJECT: what the lines of the others hold, joined by `+`.
#                                Of calls joined by `and` the RESULTs are joined by `,`; the rules that deny them say the same errno.
#                                A template's rule has the policy's line that calls it: `# deny audit "MESSAGE"` stands there.
#   do COMMAND…                  is run by the shell before the next call.
calls() {
  for mode in enforce audit; do
    option=
    [ $mode = audit ] && option=--audit
    works "$1 loads, $mode" lsmpctl load $option $1.bpf.o
    while read -r line; do
      case $line in
        '' | '#'*) ;;
        'do '*) eval "${line#do }" >/dev/null ;;
        *) set -f; set -- $1 $line; ../act $(shift 4; echo "$*") 2>&1 </dev/null || echo "act failed"; set +f ;;
      esac
    done <$1.calls >results
    lsmpctl events $1 >events
    awk -v policy=$1 -v mode=$mode -v case_name=$CASE -f ../calls.awk $1.lsmp $1.calls results events
    works "$1 unloads, $mode" lsmpctl unload $1
  done
}

# `longPair POLICY`: a file with a path of 755 bytes, which the policy's sets hold, its neighbour that differs in the last byte, and their calls.
longPair() {
  long=$(printf '/d/%250s/%250s/%250s' x y z | tr ' ' l)
  mkdir -p "${long%/*}"
  : >"$long" && : >"${long%z}y"
  printf 'EACCES file_open/path "path":"%s" open %s r\nok - - open %s r\n' "$long" "$long" "${long%z}y" >>$1.calls
}
