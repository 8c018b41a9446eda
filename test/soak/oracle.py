"""Random policies in numbered portions, on the targets in turn: each script of test/oracle as a soak. And the faults that those must find."""
import os
import subprocess
import sys

ORACLE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "oracle")
TARGETS = ("6.1", "5.10", "7.3", "6.12")
sys.path.insert(0, ORACLE)

from planted_faults import FAULTS  # noqa: E402


def finished(command, number):
    """Nothing, or what went wrong."""
    done = subprocess.run(command, capture_output=True, text=True)
    print(done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "", flush=True)
    return f"case {number}:\n{done.stdout}{done.stderr}" if done.returncode else None


def by(script, count, *options):
    """Case N: `count` policies from number N * count on."""

    def run_case(lsmpc, number):
        return finished([sys.executable, os.path.join(ORACLE, script), lsmpc, str(number * count), str(count), "--target", TARGETS[number % len(TARGETS)], *options], number)

    return run_case


def planted(lsmpc, number):
    """Case N: fault N + 1."""
    return finished([sys.executable, os.path.join(ORACLE, "planted.py"), os.path.dirname(os.path.dirname(lsmpc)), "--only", str(number + 1)], number)


planted.cases = len(FAULTS)
