"""lsmpctl killed, or with a fault, at each of its system calls in a guest (test/vm/cases/runtime_kill_points, runtime_fault_points): a case is a slice of the
points of each command, and all cases together are all of them."""
import os
import subprocess
import sys

RUN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "vm", "run.py")
SHOWN = ("points", "calls:", "tolerated", "afterwards", "wrong", "WRONG")


def soak(case, slices, *settings):
    def run_case(lsmpc, number):
        """Nothing, or what went wrong."""
        done = subprocess.run([sys.executable, RUN, "6.1", case, "SAMPLE=", f"SLICE={number}", f"SLICES={slices}", "CASE_SECONDS=3600", *settings],
                              capture_output=True, text=True, env={**os.environ, "LSMPC_BUILD": os.path.dirname(os.path.dirname(lsmpc))})
        print("\n".join(line for line in done.stdout.splitlines() if any(word in line for word in SHOWN)), flush=True)
        return f"case {number}:\n{done.stdout}{done.stderr}" if done.returncode else None

    run_case.cases = slices
    return run_case


killed = soak("runtime_kill_points", 30)
killed_in_reads = soak("runtime_kill_points", 120, "READS=all")  # the thousands in which a loader reads its kernel's types
faulted = soak("runtime_fault_points", 30)
