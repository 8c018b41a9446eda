"""Random policies, 100 and more a case: `lsmpc verify` says what loading them on the real kernel shows (test/vm/verify_agrees.py)."""
import os
import subprocess
import sys

AGREES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "vm", "verify_agrees.py")
COUNT = 120  # of which some are too large for a program, and are not built


def on(kernel):
    def run_case(lsmpc, number):
        """Nothing, or what went wrong."""
        done = subprocess.run([sys.executable, AGREES, kernel, str(number * COUNT), str(COUNT)], capture_output=True, text=True,
                              env={**os.environ, "LSMPC_BUILD": os.path.dirname(os.path.dirname(lsmpc))})
        print("\n".join(done.stdout.splitlines()[-2:]), flush=True)
        return f"case {number}:\n{done.stdout}{done.stderr}" if done.returncode else None

    return run_case
