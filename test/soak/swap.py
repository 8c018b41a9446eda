"""Replacements of a policy in a guest, while processes try what each version forbids (test/vm/cases/runtime_swap): a hundred a case."""
import os
import subprocess
import sys

RUN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "vm", "run.py")


def on(kernel):
    def run_case(lsmpc, number):
        """Nothing, or what went wrong."""
        done = subprocess.run([sys.executable, RUN, kernel, "runtime_swap", "SWAPS=100"], capture_output=True, text=True,
                              env={**os.environ, "LSMPC_BUILD": os.path.dirname(os.path.dirname(lsmpc))})
        print("\n".join(line for line in done.stdout.splitlines() if "replacements" in line), flush=True)
        return f"case {number}:\n{done.stdout}{done.stderr}" if done.returncode else None

    return run_case
