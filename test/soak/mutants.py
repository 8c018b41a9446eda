"""Damaged objects, and whole ones with lying manifests, through `lsmpc inspect` and the loader on a kernel that is played
(test/mutants): 500 a case. None crashes either of them, and each is loaded whole or refused with nothing left."""
import os
import subprocess
import tempfile

POLICIES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "objects")
TARGETS = "5.10,6.1,6.12"
COUNT = 500


def run_case(lsmpc, number):
    """Nothing, or what went wrong."""
    build = os.path.dirname(os.path.dirname(lsmpc))
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run([lsmpc, "build", "--target", TARGETS, "-o", folder, POLICIES], capture_output=True, text=True)
        if made.returncode:
            return f"case {number}: no objects\n{made.stderr}"
        objects = sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".bpf.o"))
        done = subprocess.run([os.path.join(build, "tests", "mutants"), os.path.join(build, "share", "lsmpc", "kernels", "6.1.btf"),
                               str(number * COUNT), str(COUNT), *objects], capture_output=True, text=True)
    print(done.stdout, end="", flush=True)
    return f"case {number}: exit {done.returncode}\n{done.stderr[-10000:]}" if done.returncode else None


run_case.cases = 20
