"""Random policies (random_policy.py) in a random layout, and what `lsmpc fmt` makes of that: canonical.py LSMPC FIRST COUNT [--target T]

`lsmpc diff` says that both are the same policy, all comments are there, and another fmt changes nothing."""
import json
import os
import random
import subprocess
import sys
import tempfile

import portion
import random_policy

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "soak"))
from policy_text import laid_out, pieces  # noqa: E402 (the path first)

COMMENTS = 20  # of a hundred places


def comments(text):
    return [piece.text for piece in pieces(text) if piece.is_comment()]


def run(*command):
    return subprocess.run(command, capture_output=True, text=True)


def fault(lsmpc, seed, folder, target):
    """What is wrong with policy `seed`, or nothing."""
    laid, canonical = (os.path.join(folder, name) for name in ("laid.lsmp", "canonical.lsmp"))
    rules = random_policy.policy(seed).partition("\ntest ")[0]
    text = laid_out(random.Random(seed), pieces(rules), COMMENTS)
    for path in (laid, canonical):
        with open(path, "w", newline="", encoding="utf-8") as out:
            out.write(text)
    done = run(lsmpc, "fmt", canonical)
    if done.returncode:
        return f"fmt: exit {done.returncode}: {done.stderr[-400:]}"
    if run(lsmpc, "fmt", "--check", canonical).returncode:
        return "another fmt changes it"
    if comments(open(canonical, encoding="utf-8").read()) != comments(text):
        return "other comments"
    done = run(lsmpc, "diff", "--target", target, "--format", "json", laid, canonical)
    if not done.stdout.startswith("{"):
        return f"diff: exit {done.returncode}: {done.stderr[-400:]}"
    other = [hook for hook in json.loads(done.stdout)["hooks"] if hook["relation"] != "equal"]
    return f"another policy: {other}" if other or done.returncode else None


def main():
    options = portion.parser().parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.first, options.first + options.count):
            if found := fault(options.lsmpc, seed, folder, options.target):
                wrong += 1
                print(f"{seed}: {found}")
    print(f"{options.count} policies, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
