# systemd is not in the guest: what the unit says is run, with the environment of its drop-in. The first line of each start is in `journal`.
service= drop_in=/dev/null
stop_service() { [ -z "$service" ] || { kill $service 2>/dev/null; wait $service 2>/dev/null; service=; }; }
start_service() {
  stop_service
  : >journal
  command=$(sed -n 's/^ExecStart=//p' lsmp.service) # of the unit alone: its variables stand for several words
  (export $(cat lsmp.service $drop_in | sed -n 's/^Environment=//p'); eval "exec $command") >>journal 2>&1 & service=$!
}
systemctl() {
  case "$*" in
    "enable --now lsmp.service" | "restart lsmp") start_service ;;
    "disable --now lsmp.service") stop_service ;;
    "edit lsmp") drop_in=$PWD/drop-in ;;
    *) fail "systemctl $*"; return 64 ;;
  esac
}
