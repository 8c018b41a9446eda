"""What `lsmpc explain --rule all` says of the rules of random policies (random_policy.py): fates.py LSMPC FIRST COUNT [--target T]

Each rule that is not said to be dead has an event that it decides, each dead one that matches something an event that another decides; the compiled policy,
simulated, confirms each. Prints the counts; exit 1 for one that is not confirmed or could not be decided."""
import collections
import json
import os
import subprocess
import sys
import tempfile

import portion
import random_policy


def main():
    options = portion.parser().parse_args()
    counts, wrong = collections.Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.first, options.first + options.count):
            path = os.path.join(folder, f"p{seed}.lsmp")
            with open(path, "w") as out:
                out.write(random_policy.policy(seed, 0))
            done = subprocess.run([options.lsmpc, "explain", "--rule", "all", "--target", options.target, "--format", "json", path], capture_output=True, text=True)
            if done.returncode == 1 and "error E0605" in done.stderr:
                counts["policies refused for their size"] += 1
                continue
            if done.returncode != 0:
                wrong.append(f"{seed}: exit {done.returncode}: {done.stderr[-500:]}")
                continue
            counts["policies"] += 1
            for rule in json.loads(done.stdout)["rules"]:
                counts[rule["fate"]] += 1
                counts["always"] += rule["always"]
                if rule["fate"] == "undecided" or not rule.get("confirmed", rule["fate"] == "never"):
                    wrong.append(f"{seed}:{rule['line']} {rule['hook']} {rule['fate']}: {rule.get('event')}: {rule.get('refuted')}")
    print(*wrong, sep="\n")
    print(", ".join(f"{count} {what}" for what, count in sorted(counts.items())) + f", {len(wrong)} wrong")
    return 1 if wrong or not counts else 0


if __name__ == "__main__":
    sys.exit(main())
