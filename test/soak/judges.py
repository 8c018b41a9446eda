"""The third judge: fifty random policies a case, with 21 events each that are system calls in a guest (test/vm/cases/judges). Kernels have policies of their own."""
import os
import subprocess
import sys

RUN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "vm", "run.py")
POLICIES = 50


def on(kernel, first):
    def run_case(lsmpc, number):
        """Nothing, or what went wrong."""
        settings = [f"FIRST={first + POLICIES * number}", f"POLICIES={POLICIES}", "CASE_SECONDS=1800"]
        done = subprocess.run([sys.executable, RUN, kernel, "judges", *settings], capture_output=True, text=True,
                              env={**os.environ, "LSMPC_BUILD": os.path.dirname(os.path.dirname(lsmpc))})
        print("\n".join(line for line in done.stdout.splitlines() if line.startswith("# ") or "wrong" in line), flush=True)
        return f"case {number}:\n{done.stdout}{done.stderr}" if done.returncode else None

    return run_case
