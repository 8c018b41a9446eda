# Attributes of sockets down, hooks across: actors.table and hooks.table, of which ../../actor_cells.py makes a policy and its calls.
ip link set lo up
calls actors
