"""Stressors of files, processes, sockets and mounts for ten minutes under 1,000 rules in a guest (test/vm/cases/stress): a case begins where the one before it
stopped in the lists of stressors. Before it come two runs of the same stressors without a policy: 15 minutes or more in all."""
import os
import subprocess
import sys

RUN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "vm", "run.py")
ROUNDS = 60


def on(kernel):
    def run_case(lsmpc, number):
        """Nothing, or what went wrong."""
        settings = [f"ROUNDS={ROUNDS}", "ROUND_SECONDS=10", "CONTROL_SECONDS=1", "CONTROLS=2", f"FIRST_ROUND={ROUNDS * number}", "CASE_SECONDS=3000"]
        done = subprocess.run([sys.executable, RUN, kernel, "stress", *settings], capture_output=True, text=True,
                              env={**os.environ, "LSMPC_BUILD": os.path.dirname(os.path.dirname(lsmpc))})
        print("\n".join(line for line in done.stdout.splitlines() if line.startswith("#")), flush=True)
        return f"case {number}:\n{done.stdout}{done.stderr}" if done.returncode else None

    return run_case
