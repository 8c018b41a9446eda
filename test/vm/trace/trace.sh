# For cases that stop lsmpctl at its system calls (tracer.c) and look what is in force of the policies `marked` and `beside` then (in_force.c).
# SAMPLE: so many points of some commands, by SEED; else each SLICES-th from SLICE on. READS=all: every read of a row, too. ONLY: of
# commands whose name has that in it.
SAMPLE=${SAMPLE-3} SLICE=${SLICE:-0} SLICES=${SLICES:-1} SEED=${SEED:-$(uname -r | tr -dc 0-9 | cut -c1-6)}
list=list-reads
[ -z "$SAMPLE" ] || list=list

# chosen NUMBER NAME: in a sample each kernel has a third of the commands; a machine is to try all of them, not each the same.
chosen() {
  case $2 in *"$ONLY"*) ;; *) return 1 ;; esac
  [ -z "$SAMPLE" ] || [ $((($1 + SEED) % 3)) = 0 ]
}

# What in_force says where a state is in force alone. How many pins a policy has is seen where nothing was killed.
alone() { echo "$1 links $(links_of $1) programs $(links_of $1) pins $((pins * $(links_of $1) / 2))"; }
links_of() {
  case $1 in
    none) echo 0 ;;
    none,*) echo 2 ;;
    *,*) echo 4 ;;
    *) echo 2 ;;
  esac
}

# The folder `policies` has the objects of STATE, and no others.
mkdir -p policies
chmod 755 / /cases . policies # what is applied can be written by root alone
fill() {
  rm -f policies/*
  case $1 in none*) ;; *) cp ${1%,*}.bpf.o policies/marked.bpf.o ;; esac
  case $1 in *,*) cp beside_${1#*,}.bpf.o policies/beside.bpf.o ;; esac
}
apply_all() { lsmpctl apply policies; }

# Makes STATE what is in force: a state of in_force; OLD-NEW, where NEW is on trial over OLD; OLD>NEW, where OLD was applied from the folder, which has NEW now.
bring() {
  case $1 in
    none) lsmpctl unload --all ;;
    *+51) lsmpctl load ${1%+51}.bpf.o && lsmpctl set marked.signals add 51 ;;
    *-*) lsmpctl unload --all && lsmpctl load ${1%-*}.bpf.o && lsmpctl load --confirm-within 1h ${1#*-}.bpf.o ;;
    "none>"*) lsmpctl unload --all && fill ${1#*>} ;;
    *">"*) fill ${1%>*} && { apply_all || { lsmpctl unload --all && apply_all; }; } && fill ${1#*>} ;;
    *) lsmpctl load $1.bpf.o || { lsmpctl confirm && lsmpctl load $1.bpf.o; } ;;
  esac >/dev/null 2>bring.err || fail "$1 cannot be brought about: $(cat bring.err)"
}

bring none
bring EPERM
pins=$(../in_force 2 | sed 's/.* //')

# calls_of LIST COMMAND…: its system calls into LIST; of a watcher those of its first pass, reads aside, which are those of `apply`.
calls_of() {
  calls=$1; shift
  case " $* " in
    *" --watch "*)
      ../tracer list "$@" >whole & listing=$!
      i=0; while [ $i -lt 300 ] && ! grep -q "^marked: " said; do i=$((i + 1)); usleep 100000; done
      kill $(pidof lsmpctl)
      wait $listing
      sed '/ poll$/q' whole >$calls ;;
    *) ../tracer $list "$@" >$calls ;;
  esac
}

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
