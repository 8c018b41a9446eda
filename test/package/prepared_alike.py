"""Whether the library's bitcode is prepared in the same way each time. Usage: prepared_alike.py BUILD RUNS"""
import hashlib
import os
import subprocess
import sys
import tempfile


def main(build, runs):
    results = set()
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out.bc")
        for _ in range(runs):
            subprocess.run([os.path.join(build, "stdlib/bpf/lsmpc_prepare"), os.path.join(build, "generated/stdlib/bpf/library.bc"), out], check=True)
            with open(out, "rb") as file:
                results.add(hashlib.sha256(file.read()).hexdigest())
    print(f"{runs} runs, {len(results)} result{'s' if len(results) > 1 else ''}")
    return len(results) > 1


sys.exit(main(sys.argv[1], int(sys.argv[2])))
