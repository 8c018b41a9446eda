"""Policies against their mutants (mutate.py): mutation_score.py LSMPC [--target T] [--every N] POLICY…

`lsmpc diff` shows each mutant with an event that both compiled policies were tried with, or proves it equal; of those that are not equal, the policy's own tests catch
some. Prints both; exit 1 for a mutant that diff could not decide or showed wrongly. Mutants that do not compile are none."""
import argparse
import collections
import json
import os
import shutil
import subprocess
import sys
import tempfile

import mutate


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("lsmpc")
    parser.add_argument("policies", nargs="+")
    parser.add_argument("--target", default="6.1")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--at-least", type=float, default=0, help="percent that the tests must catch")
    options = parser.parse_args()
    counts, wrong, number = collections.Counter(), [], 0
    for policy in options.policies:
        text = open(policy).read()
        own = collections.Counter()
        with tempfile.TemporaryDirectory() as folder:
            place = os.path.join(folder, "policies")
            shutil.copytree(os.path.dirname(os.path.abspath(policy)), place)
            mutant = os.path.join(place, os.path.basename(policy))
            for what, changed in mutate.mutants(text):
                number += 1
                if number % options.every:
                    continue
                open(mutant, "w").write(changed)
                run = lambda *words: subprocess.run([options.lsmpc, *words, "--target", options.target], capture_output=True, text=True)
                done = run("diff", policy, mutant, "--format", "json")
                if done.returncode not in (0, 1) or not done.stdout:
                    own["not compiled"] += 1
                    if done.returncode not in (0, 1):
                        wrong.append(f"{policy}: {what}: exit {done.returncode}: {done.stderr[-300:]}")
                    continue
                hooks = json.loads(done.stdout)["hooks"]
                for hook in hooks:
                    for change in hook["changes"]:
                        if not change["confirmed"]:
                            wrong.append(f"{policy}: {what}: {hook['hook']} {change['change']} {change['event']}: {change['refuted']}")
                if any(hook["relation"] == "undecided" for hook in hooks):
                    wrong.append(f"{policy}: {what}: undecided")
                if all(hook["relation"] == "equal" for hook in hooks):
                    own["proved equal"] += 1
                    continue
                own["shown"] += 1
                if "\ntest " in text:
                    caught = run("test", mutant).returncode == 1
                    own["caught by its tests"] += caught
                    if not caught:
                        print(f"{policy}: {what}: not caught")
        print(f"{os.path.basename(policy)}: " + ", ".join(f"{count} {what}" for what, count in sorted(own.items())), flush=True)
        counts.update(own)
    print(*wrong, sep="\n")
    score = 100 * counts["caught by its tests"] / max(1, counts["shown"])
    print(", ".join(f"{count} {what}" for what, count in sorted(counts.items())) + f", {len(wrong)} wrong; tests catch {int(score * 10) / 10} %")
    return 1 if wrong or not counts["shown"] or score < options.at_least else 0


if __name__ == "__main__":
    sys.exit(main())
