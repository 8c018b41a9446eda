# A policy in the place of another: `load` says which rules are gone, `lsmpc load` what is permitted that was refused, with an event that was tried.
joined() { "$@" 2>&1 | tr "\n" "~"; }  # has: what holds a line's end would be any of its lines
cat > old.lsmp <<'END'
policy looser
on path_unlink when path under "/srv" and euid != 0 deny
on task_kill when signal == 50 deny EPERM
END
cat > new.lsmp <<'END'
policy looser
on path_unlink when path ~ "/srv/**" and euid != 0 deny
END
cat > stricter.lsmp <<'END'
policy looser
on path_unlink when path under "/srv" and euid != 0 deny
on task_kill when signal in {50, 51} deny EPERM
END
works "what was" lsmpc build --target running -o was old.lsmp
lacks "the first load has nothing before it" "$(lsmpc load old.lsmp)" before
out=$(joined lsmpc load old.lsmp)
has "the same again" "$out" "permits nothing that was refused before"
lacks "and no rule is gone" "$out" gone
out=$(joined lsmpc load stricter.lsmp)
has "a rule that is another" "$out" "  gone: 1 rule of the one before~    old.lsmp:3  on task_kill when signal == 50 deny EPERM"
has "and refuses more" "$out" "permits nothing that was refused before"
works "back" lsmpctl load was/looser.bpf.o
out=$(joined lsmpc load new.lsmp)
has "rules are gone" "$out" "  gone: 2 rules of the one before~    old.lsmp:2  on path_unlink when path under \"/srv\" and euid != 0 deny~    old.lsmp:3  on task_kill when signal == 50 deny EPERM~  permits what was refused before:"
has "a path" "$out" "    path_unlink { path: \"/srv\", euid: 1 }~      before: deny EPERM, by old.lsmp:2 on path_unlink when path under \"/srv\" and euid != 0 deny~      now: permitted, no rule decides"
has "a hook" "$out" "    task_kill { signal: 50 }~      before: deny EPERM, by old.lsmp:3"
lacks "seen on both objects" "$out" "not seen"
lacks "which are those of their sources" "$out" "  note:"

# JSON, and mode audit.
works "back again" lsmpctl load was/looser.bpf.o
out=$(joined lsmpc load --format json new.lsmp)
has "in JSON the rules" "$out" '"gone":[{"id":"'
has "and the changes" "$out" '"looser":{"changes":[{"hook":"path_unlink","event":"path_unlink { path: \"/srv\", euid: 1 }","confirmed":true,"before":"deny EPERM, by old.lsmp:2'
works "back once more" lsmpctl load was/looser.bpf.o
out=$(joined lsmpc load --audit old.lsmp)
has "in mode audit it denies nothing" "$out" "replaced one that denied"
has "and that is looser" "$out" "      now: permitted in mode audit, else deny EPERM, by old.lsmp:3"
has "out of mode audit it is not" "$(lsmpc load old.lsmp)" "permits nothing that was refused before"

# Without a compiler: the rules alone.
works "an object" lsmpc build --target running -o built new.lsmp
out=$(joined lsmpctl load built/looser.bpf.o)
has "lsmpctl says which rules are gone" "$out" "  gone: 2 rules of the one before; \`lsmpc diff\` of both objects says what is permitted now~    old.lsmp:2  on path_unlink"
lacks "and no more" "$out" "permits what"
has "in JSON, too" "$(lsmpctl load --format json built/looser.bpf.o)" '"replaced":true,"gone":[]'

# What was in force is for kernels of which no types are here, so that its digest says nothing.
works "an object from elsewhere" lsmpctl load elsewhere.bpf.o
out=$(joined lsmpc load built/looser.bpf.o)
has "it is compared all the same" "$out" "      before: deny EPERM, by old.lsmp:2"
has "by what its source says" "$out" "  note: whether \`what was in force\` is what its source says could not be found out: no target"
has "on this kernel" "$out" "  note: events are tried on what the source of \`what was in force\` compiles to here, for running"

# A policy that forbids what the comparison takes is in force all the same.
cat > hinders.lsmp <<'END'
policy looser
on path_mkdir when path ~ "/tmp/lsmpc-*" deny EACCES
END
works "an object that hinders" lsmpc build --target running -o built hinders.lsmp
if out=$(lsmpc load built/looser.bpf.o 2>&1); then pass "it is loaded"; else fail "it is not loaded: $out"; fi
has "what it permits is not known then" "$out" "what it permits that was refused before is not known"
has "and it is in force" "$(lsmpctl status looser)" "path_mkdir"
lsmpctl unload --all > /dev/null
