# The live view as a terminal shows it: tmux is one, and tells what stands on its screen.
touch /tmp/topped
[ -e /dev/pts/ptmx ] || { mkdir -p /dev/pts; mount -t devpts -o ptmxmode=666 devpts /dev/pts; }
mkdir -p locale/C.utf8; mv LC_CTYPE locale/C.utf8/
terminal() { env LOCPATH=$PWD/locale LC_ALL=C.UTF-8 SHELL=/bin/sh PS1='# ' /usr/bin/tmux -f /dev/null -S $PWD/socket "$@"; }
line() { terminal capture-pane -p | sed -n "$1p"; }
stands() { terminal capture-pane -p | grep -x -- "$1"; }
denied() { line 2 | awk '{ print $3 }'; }
# In the live view the cursor is hidden, and the screen is its own.
state() { terminal display-message -p '#{alternate_on} #{cursor_flag}'; }
# comes WHAT EXPECTED COMMAND…: it prints that, before long
comes() {
  what=$1 expected=$2; shift 2
  i=0; while [ $i -lt 100 ] && [ "$("$@")" != "$expected" ]; do i=$((i + 1)); usleep 100000; done
  is "$what" "$expected" "$("$@")"
}

lsmpctl load topped.bpf.o >/dev/null
header=$(lsmpctl top --once | head -n 1)
terminal new-session -d -x ${#header} -y 10 sh
terminal send-keys 'echo be""fore' Enter
comes "a shell" before stands before
terminal send-keys 'lsmpctl top' Enter
comes "a line as wide as the terminal is whole" "$header" line 1
is "the screen is its own, without a cursor" "1 0" "$(state)"
../opens /tmp/topped 5 >/dev/null
comes "it shows what happens" 5 denied
terminal resize-window -x 40 -y 6
comes "a smaller terminal has less of it" "$(echo "$header" | cut -c 1-40)" line 1
is "the last line stays empty" "" "$(line 6)"
terminal resize-window -x 100 -y 20
comes "a larger one has more" "$header" line 1
terminal send-keys C-z
comes "Ctrl-Z gives the shell its screen and its cursor" "0 1" state
comes "with what was there" before stands before
terminal send-keys fg Enter
comes "fg takes them again" "1 0" state
comes "and draws" "$header" line 1
terminal send-keys zzz q
comes "q ends it" "0 1" state
terminal send-keys 'echo le""ft' Enter
comes "the shell is there" left stands left
has "what is typed is the shell's again" "$(terminal capture-pane -p)" 'echo le""ft'
lacks "keys of the live view are not" "$(terminal capture-pane -p)" zzz
terminal kill-server
lsmpctl unload --all >/dev/null
