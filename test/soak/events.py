"""Denied opens in a guest while a reader follows, pauses and is slow (test/vm/cases/events_exact): a million a case."""
import os
import subprocess
import sys

RUN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "vm", "run.py")


def on(kernel):
    def run_case(lsmpc, number):
        """Nothing, or what went wrong."""
        done = subprocess.run([sys.executable, RUN, kernel, "events_exact", "OPENS=1000000", f"SEED={number + 1}", "CASE_SECONDS=3000"], capture_output=True, text=True,
                              env={**os.environ, "LSMPC_BUILD": os.path.dirname(os.path.dirname(lsmpc))})
        print("\n".join(line for line in done.stdout.splitlines() if line.startswith("events_exact: ")), flush=True)
        return f"case {number}:\n{done.stdout}{done.stderr}" if done.returncode else None

    return run_case
