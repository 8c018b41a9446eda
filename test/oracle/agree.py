"""Random policies and events over the whole language (random_language.py), each run on the policy's compiled code and judged by its text: agree.py LSMPC FIRST COUNT
[--target T] [--events N] [--all-outcomes]

Prints how many there were, how many events a rule decided, how often each operator's conditions held and did not, and how often the two did not agree; exit 1 for any.
The compiler may refuse a policy for its size, which is counted. --all-outcomes: exit 1, too, where fewer than 30 of 100 events were decided by a rule or an operator
came out one way only; 2,000 policies with 20 events bring all about."""
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

import operators
import portion
import random_language

CODE = re.compile(r"(error|internal fault) (E\d+)")
TOO_LARGE = {"E0502", "E0605"}  # an automaton; a program's stack or length
EXPECTED = {"E1001"} | TOO_LARGE  # the tests' expectations say nothing
DECIDED = 30  # of 100 events


class Run:
    def __init__(self):
        self.wrong, self.counts, self.outcomes = [], collections.Counter(), operators.Outcomes()

    def of(self, lsmpc, first, count, target, events):
        with tempfile.TemporaryDirectory() as folder:
            paths, tops = [], {}
            for seed in range(first, first + count):
                text, own = random_language.policy(seed, events)
                paths.append(os.path.join(folder, f"p{seed}.lsmp"))
                tops.update({(f"p{seed}.lsmp", line): top for line, top in own.items()})
                with open(paths[-1], "w", encoding="latin-1") as out:
                    out.write(text)
            done = subprocess.run([lsmpc, "test", "--target", target, "--format", "json", *paths], capture_output=True, text=True, errors="replace")
        codes = [(found[2], line) for line in done.stderr.splitlines() if (found := CODE.search(line))]
        self.wrong += [line for code, line in codes if code not in EXPECTED]
        if done.returncode not in (0, 1, 70) or not done.stdout.startswith("{"):
            self.wrong.append(f"policies {first} to {first + count - 1}: exit {done.returncode}: {done.stderr[-2000:]}")
            return
        self.take(json.loads(done.stdout), tops, count)
        self.counts["refused for size"] += len({line.split(":")[0] for code, line in codes if code in TOO_LARGE})

    def take(self, document, tops, count):
        self.counts["policies"] += count
        self.counts["events"] += len(document["tests"])
        self.counts["rules"] += len(document["rules"])
        self.counts["rules that matched"] += sum(rule["hits"] > 0 for rule in document["rules"])
        self.counts["decided"] += sum(rule["hits"] for rule in document["rules"] if re.search(r"\b(deny|kill|allow)\b", rule["text"]))
        self.outcomes.read(document, tops)

    def text(self):
        events = max(1, self.counts["events"])
        return ", ".join(f"{count} {what}" for what, count in self.counts.items()) + f" ({100 * self.counts['decided'] // events} of 100), {len(self.wrong)} differences"


def main():
    parser = portion.parser()  # several targets: in turn
    parser.add_argument("--events", type=int, default=20)
    parser.add_argument("--all-outcomes", action="store_true")
    options = parser.parse_args()
    run, at_once, targets = Run(), 50, options.target.split(",")
    for first in range(options.first, options.first + options.count, at_once):
        run.of(options.lsmpc, first, min(at_once, options.first + options.count - first), targets[first // at_once % len(targets)], options.events)
    if options.all_outcomes:
        run.wrong += run.outcomes.missing()
        if 100 * run.counts["decided"] < DECIDED * run.counts["events"]:
            run.wrong.append("too few events are decided by a rule")
    print(*run.wrong, sep="\n")
    print(run.outcomes.text())
    print(run.text())
    return 1 if run.wrong or not run.counts["events"] else 0


if __name__ == "__main__":
    sys.exit(main())
