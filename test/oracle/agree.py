"""Random policies and events (random_policy.py), each run on the policy's compiled code and judged by its text: agree.py LSMPC FIRST COUNT [--target T] [--events N]

Prints how many there were, how many events a rule decided or recorded, and how often the two did not agree; exit 1 for any. The compiler may refuse a policy
for its size (E0605), which is counted."""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

import random_policy

REFUSED = re.compile(r"error (E0605)")
DIFFERS = re.compile(r"internal fault (E090[45]): (.*)")
EXPECTED = {"E1001", "E0605"}  # the tests' expectations say nothing


def run(lsmpc, first, count, target, events):
    """What went wrong, and the counts."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for seed in range(first, first + count):
            paths.append(os.path.join(folder, f"p{seed}.lsmp"))
            with open(paths[-1], "w") as out:
                out.write(random_policy.policy(seed, events))
        done = subprocess.run([lsmpc, "test", "--target", target, "--format", "json", *paths], capture_output=True, text=True)
    wrong = [line for line in done.stderr.splitlines() if DIFFERS.search(line)]
    wrong += [line for line in done.stderr.splitlines() if (code := re.search(r"error (E\d+)", line)) and code[1] not in EXPECTED]
    if done.returncode not in (0, 1, 70) or not done.stdout.startswith("{"):
        return [f"exit {done.returncode}: {done.stderr[-2000:]}"], {}
    document = json.loads(done.stdout)
    return wrong, {"policies": count, "events": len(document["tests"]), "hits": sum(rule["hits"] for rule in document["rules"]), "rules": len(document["rules"]),
                   "rules hit": sum(rule["hits"] > 0 for rule in document["rules"]), "refused": len(REFUSED.findall(done.stderr))}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("lsmpc")
    parser.add_argument("first", type=int)
    parser.add_argument("count", type=int)
    parser.add_argument("--target", default="6.1")
    parser.add_argument("--events", type=int, default=20)
    options = parser.parse_args()
    wrong, counts = run(options.lsmpc, options.first, options.count, options.target, options.events)
    print(*wrong, sep="\n")
    print(", ".join(f"{count} {what}" for what, count in counts.items()) + f", {len(wrong)} differences")
    return 1 if wrong or not counts else 0


if __name__ == "__main__":
    sys.exit(main())
