"""Random policies in numbered portions, on the targets in turn: each script of test/oracle as a soak."""
import os
import subprocess
import sys

ORACLE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "oracle")
TARGETS = ("6.1", "5.10", "7.3", "6.12")


def by(script, count):
    """Case N: `count` policies from number N * count on."""

    def run_case(lsmpc, number):
        """Nothing, or what went wrong."""
        command = [sys.executable, os.path.join(ORACLE, script), lsmpc, str(number * count), str(count), "--target", TARGETS[number % len(TARGETS)]]
        done = subprocess.run(command, capture_output=True, text=True)
        print(done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "", flush=True)
        return f"case {number}:\n{done.stdout}{done.stderr}" if done.returncode else None

    return run_case
