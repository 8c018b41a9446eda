# Attributes of the task that will trace: actors.table and hooks.table, of which ../../actor_cells.py makes a policy and its calls.
mkdir -p /d && mount -t tmpfs none /d
for name in yes no; do cp ../act /d/$name; done
calls actors
umount /d
