"""Random policies (random_policy.py) against a copy with a few changes (mutate.py): differences.py LSMPC FIRST COUNT [--target T]

Beside `lsmpc diff` both are tried with a table of events near the edges of the rules, run by `lsmpc test`: each value that an attribute is compared with, and one byte
or number off it, with each of the others' (at most ROWS). Where an answer differs there, diff must have said so; what diff says, both compiled policies confirm."""
import collections
import json
import os
import random
import re
import subprocess
import sys
import tempfile

import mutate
import portion
import random_policy

ROWS = 300


def answers(lsmpc, path, target):
    """What each case of the policy's tests ended in."""
    done = subprocess.run([lsmpc, "test", "--target", target, "--format", "json", path], capture_output=True, text=True)
    if not done.stdout.startswith("{"):
        return None
    result = {}
    for test in json.loads(done.stdout)["tests"]:
        text = " ".join(test.get("failures", []))
        got = re.search(r"got ([\w ]+)", text)
        result[(test["name"], test["line"])] = got[1] if got else text or "allow"
    return result


def main():
    options = portion.parser().parse_args()
    counts, wrong = collections.Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.first, options.first + options.count):
            r = random.Random(seed)
            text = random_policy.policy(seed, ROWS)
            rules, _, tests = text.partition("\ntest ")
            changed = rules
            for _ in range(r.choice([1, 1, 1, 2, 3])):
                mutants = [new for _, new in mutate.mutants(changed + "\n")]
                if mutants:
                    changed = r.choice(mutants).rstrip("\n")
            paths = []
            for name, content in (("old", rules), ("new", changed)):
                paths.append(os.path.join(folder, f"{name}.lsmp"))
                # the tests stand in the same lines of both
                lines = max(rules.count("\n"), changed.count("\n")) - content.count("\n")
                open(paths[-1], "w").write(content + "\n" * (lines + 1) + ("\ntest " + tests if tests else ""))
            done = subprocess.run([options.lsmpc, "diff", "--target", options.target, "--format", "json", *paths], capture_output=True, text=True)
            if done.returncode not in (0, 1):
                wrong.append(f"{seed}: exit {done.returncode}: {done.stderr[-400:]}")
                continue
            if not done.stdout:
                counts["not compiled"] += 1
                continue
            hooks = {hook["hook"]: hook for hook in json.loads(done.stdout)["hooks"]}
            for hook in hooks.values():
                counts[hook["relation"]] += 1
                if hook["relation"] == "undecided":
                    wrong.append(f"{seed}: {hook['hook']} undecided")
                wrong += [f"{seed}: {hook['hook']} {one['change']} {one['event']}: {one['refuted']}" for one in hook["changes"] if not one["confirmed"]]
            old, new = (answers(options.lsmpc, path, options.target) for path in paths)
            if old is None or new is None:
                continue
            counts["events"] += len(old)
            for (name, line), answer in old.items():
                other = new.get((name, line))
                if other == answer:
                    continue
                counts["events that differ"] += 1
                change = "answer" if "allow" not in (answer, other) else "stricter" if answer == "allow" else "looser"
                if change not in {one["change"] for one in hooks[name]["changes"]}:
                    wrong.append(f"{seed}: {name} line {line}: {answer} became {other}, and diff does not say {change}")
                    break
            counts["pairs"] += 1
    print(*wrong, sep="\n")
    print(", ".join(f"{count} {what}" for what, count in sorted(counts.items())) + f", {len(wrong)} wrong")
    return 1 if wrong or not counts["pairs"] else 0


if __name__ == "__main__":
    sys.exit(main())
