# Hundredths of a second that a loop takes.
now() { cut -d' ' -f1 /proc/uptime | tr -d .; }
nproc
begin=$(now) i=0
while [ $i -lt 60000 ]; do i=$((i + 1)); done
echo "took $(($(now) - begin))"
