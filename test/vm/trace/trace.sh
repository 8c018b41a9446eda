# For cases that stop lsmpctl at its system calls (tracer.c) and look what is in force of the policy `marked` then (in_force.c).
# SAMPLE: so many points of some commands, by SEED; else each SLICES-th from SLICE on. READS=all: every read of a row, too.
SAMPLE=${SAMPLE-3} SLICE=${SLICE:-0} SLICES=${SLICES:-1} SEED=${SEED:-$(uname -r | tr -dc 0-9 | cut -c1-6)}
list=list-reads
[ -z "$SAMPLE" ] || list=list

# chosen NUMBER: in a sample each kernel has a third of the commands; a machine is to try all of them, not each the same.
chosen() { [ -z "$SAMPLE" ] || [ $((($1 + SEED) % 3)) = 0 ]; }

# What in_force says where a state is in force alone. How many pins a policy has is seen where nothing was killed.
alone() {
  if [ "$1" = none ]; then echo "none links 0 programs 0 pins 0"; else echo "$1 links 2 programs 2 pins $pins"; fi
}
links_of() { if [ "$1" = none ]; then echo 0; else echo 2; fi; }

# Makes STATE what is in force: a state of in_force, or OLD-NEW, where NEW is on trial over OLD.
bring() {
  case $1 in
    none) lsmpctl unload --all ;;
    *+51) lsmpctl load ${1%+51}.bpf.o && lsmpctl set marked.signals add 51 ;;
    *-*) lsmpctl unload --all && lsmpctl load ${1%-*}.bpf.o && lsmpctl load --confirm-within 1h ${1#*-}.bpf.o ;;
    *) lsmpctl load $1.bpf.o || { lsmpctl confirm && lsmpctl load $1.bpf.o; } ;;
  esac >/dev/null 2>bring.err || fail "$1 cannot be brought about: $(cat bring.err)"
}

bring none
bring EPERM
pins=$(../in_force 2 | sed 's/.* //')

# points kill|fail: of a list of tracer's, the points where that is done, one a line; `all` has how many there are. Of reads of one descriptor in a row, which
# change nothing between them, the first, the second and the last stand for all. A call that does not return has nothing behind it.
points() {
  awk -v what=$1 -v sample="$SAMPLE" -v seed=$SEED -v slice=$SLICE -v slices=$SLICES -v reads="$READS" '
    { line[NR] = $0; split($0, word); row[NR] = word[4] == "read" ? word[2] " " word[5] : NR }
    END {
      for (i = 1; i <= NR; i++) {
        split(line[i], word); split(word[1], place, ".")
        if (reads != "all" && row[i] == row[i - 1] && row[i] == row[i - 2] && row[i] == row[i + 1]) continue
        if (what == "fail" && (word[2] != 0 || word[3] != "may-fail")) continue
        point[n++] = word[1]
        if (what == "kill" && word[4] !~ /^exit/) point[n++] = place[1] "." (place[2] + 1)
      }
      print n >"all"
      srand(seed)
      if (sample != "") for (i = 0; i < sample; i++) print point[int(rand() * n)]
      else for (i = slice + 0; i < n; i += slices) print point[i]
    }'
}
