# Every object's path is what the test made, and for live ones what bpf_d_path says too.
works "the policy loads" lsmpctl load seen.bpf.o
mkdir -p /seen
case $(uname -r) in
  5.10.*) helper=; skip "no bpf_d_path in LSM programs" ;;
  *) helper=./dpath ;;
esac
for program in places names; do
  works "$program ends" sh -c "$helper ./$program > /seen/$program.txt"
  lsmpctl events seen > /seen/$program.json
  events_are /seen/$program.txt /seen/$program.json
  has "none of them is lost" "$(lsmpctl status seen)" " lost 0 "
  [ -z "$helper" ] || agrees_with_kernel /seen/$program.txt
done
