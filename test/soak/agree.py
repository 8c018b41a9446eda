"""Random policies, 50 a case, with 20 events for each of their hooks: the compiled code and the rules' text agree (test/oracle). The targets take turns."""
import os
import subprocess
import sys

AGREE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "oracle", "agree.py")
TARGETS = ("6.1", "5.10", "7.3", "6.12")
COUNT = 50


def run_case(lsmpc, number):
    """Nothing, or what went wrong."""
    done = subprocess.run([sys.executable, AGREE, lsmpc, str(number * COUNT), str(COUNT), "--target", TARGETS[number % len(TARGETS)]], capture_output=True, text=True)
    print(done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "", flush=True)
    return f"case {number}:\n{done.stdout}{done.stderr}" if done.returncode else None
