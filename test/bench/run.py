"""./dev bench: every benchmark, or those named."""
import os
import sys

import automaton
import build as build_bench
import build_one_rule
import event
import memory
import opens
import start

BENCHES = {"automaton": automaton.main, "build": build_bench.main, "build_one_rule": build_one_rule.main, "event": event.main, "memory": memory.main,
           "opens": opens.main, "start": start.main}

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
build = os.path.join(root, "build")
out = os.path.join(build, "bench")
os.makedirs(out, exist_ok=True)
for name in sys.argv[1:] or BENCHES:
    if name not in BENCHES:
        sys.exit(f"bench: no `{name}`; there are: {' '.join(BENCHES)}")
    BENCHES[name](build, out)
