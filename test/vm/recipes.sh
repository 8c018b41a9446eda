# For the cookbook's cases: `recipes` loads each policy NAME.bpf.o of the case and makes the calls of NAME.recipe, a shell script of these:
#   denies ERRNO WORDS…   the call of `act` ends with that errno, and does not where the policy only audits
#   gives RESULT WORDS…   it ends so, with the policy in force and without
#   put PATH…, file PATH… makes copies of `act` there, or files, before anything is loaded
# Then, on two of the kernels, the same with the policy in audit mode: nothing is denied, and each denial is recorded as what would have been.
put() { [ $mode != before ] || for place in "$@"; do mkdir -p "${place%/*}" && cp ../act "$place" && chmod 755 "$place"; done; }
file() { [ $mode != before ] || for place in "$@"; do mkdir -p "${place%/*}" && echo x >"$place"; done; }
made() { set -f; { ../act "$@" 2>&1 </dev/null || echo "act ended with $?"; } 2>&1 | tail -n 1; set +f; }
denies() {
  [ $mode != before ] || return 0
  expected=$1; shift
  denials=$((denials + 1))
  result=$(made "$@")
  if [ "$mode" = enforce ]; then is "$policy denies: $*" "$expected" "$result"
  elif [ "$result" = "$expected" ]; then fail "$policy, audit: $*: $result"
  else pass "$policy permits in audit mode: $*"; fi
}
gives() { [ $mode = before ] || gives_so "$@"; }
gives_so() { expected=$1; shift; is "$policy, $mode: $*" "$expected" "$(made "$@")"; }
recipes() {
  for script in *.recipe; do
    policy=${script%.recipe} mode=before
    . ./$script
    case $(uname -r) in 5.10.* | 6.12.*) modes=enforce ;; *) modes="enforce audit" ;; esac
    for mode in $modes; do
      option= denials=0
      [ $mode = audit ] && option=--audit
      works "$policy loads, $mode" lsmpctl load $option $policy.bpf.o
      . ./$script
      enforced=true
      [ $mode = audit ] && enforced=false
      seen=$(lsmpctl events $policy | grep -c "\"enforced\":$enforced")
      if [ "$seen" -ge $denials ]; then pass "$policy, $mode: $denials denials are recorded"; else fail "$policy, $mode: $seen events of $denials denials"; fi
      works "$policy unloads, $mode" lsmpctl unload $policy
    done
  done
}
