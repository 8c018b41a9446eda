"""What a guest needs to judge as the other two did: judges.py LSMPC KERNEL TARGETS FIRST COUNT EVENTS OUT. Makes policies (real_calls.py), asks `lsmpc test` what
they answer on that kernel, and leaves in OUT the objects for TARGETS, NAME.calls (ANSWER|before the call|program|its words), NAME.messages (how often a message is
due), and `counts`."""
import collections
import json
import os
import re
import subprocess
import sys

import real_calls

GOT = re.compile(r"expected allow, got (deny|kill) (\w+)$")


def lsmpc(command, *words, good):
    done = subprocess.run([command, *words], capture_output=True, text=True)
    # What is no wrong expectation, as the two not of one mind (E0904), is a fault.
    other = [line for line in done.stderr.splitlines() if re.search(r"(error|fault) E", line) and "error E1001: expected allow" not in line]
    if done.returncode not in good or other:
        sys.exit(f"{words[0]}: exit {done.returncode}\n" + "\n".join(other[:20] or [done.stderr[-2000:]]))
    return done.stdout


def answer(test):
    """As the guest's script will find it."""
    if not test["failures"]:
        return "ok"
    found = GOT.search(test["failures"][0])
    if not found:
        sys.exit(f"no answer in {test}")
    return found[2] if found[1] == "deny" else f"killed {found[2]}"


def judged(command, kernel, paths):
    """Answers by (file, line), rules by file."""
    document = json.loads(lsmpc(command, "test", "--target", kernel, "--format", "json", *paths, good=(0, 1)))
    rules = collections.defaultdict(list)
    for rule in document["rules"]:
        rules[os.path.basename(rule["file"])].append(rule)
    return {(os.path.basename(test["file"]), test["line"]): answer(test) for test in document["tests"]}, rules


def messages(rules):
    """How often each is due."""
    return "".join(f"{found[1]} {rule['hits']}\n" for rule in rules if (found := re.search(r'audit "(\w+)"$', rule["text"])))


def outcomes(asked):
    """Of each operator, how often its comparisons held and did not."""
    counts = collections.Counter()
    for condition, events in asked:
        for operator, holds in condition.atoms:
            for event in events:
                counts[operator, holds(event)] += 1
    return counts


def decides(rule):
    return re.search(r"\) (deny|kill|allow)\b", rule["text"]) is not None


def main(command, kernel, targets, first, count, events, out):
    made, asked = {}, []
    for seed in range(int(first), int(first) + int(count)):
        text, calls, conditions = real_calls.policy(seed, int(events))
        path = os.path.join(out, f"judge_{seed}.lsmp")
        open(path, "w").write(text)
        made[path] = calls
        asked += conditions
    answers, rules = judged(command, kernel, list(made))
    lsmpc(command, "build", "--target", targets, "-o", out, *made, good=(0,))
    for path, calls in made.items():
        name = os.path.basename(path)
        lines = ["|".join([answers[name, line], real_calls.HOOKS[hook].before(event), *real_calls.words(hook, event)]) for hook, line, event in calls]
        stem = path.removesuffix(".lsmp")
        open(stem + ".calls", "w").write("\n".join(lines) + "\n")
        open(stem + ".messages", "w").write(messages(rules[name]))
        os.remove(path)
    decided = sum(rule["hits"] for found in rules.values() for rule in found if decides(rule))
    counts = outcomes(asked)
    missing = [operator for operator, _ in counts if not counts[operator, True] or not counts[operator, False]]
    with open(os.path.join(out, "counts"), "w") as file:
        total = len(answers)
        print(f"{len(made)} policies, {total} events, {decided} decided by a rule ({100 * decided // total} %), {sum(one != 'ok' for one in answers.values())} refused", file=file)
        print("held and not: " + ", ".join(f"{operator} {counts[operator, True]}/{counts[operator, False]}" for operator in sorted({one for one, _ in counts})), file=file)
        print("hooks: " + ", ".join(f"{hook} {number}" for hook, number in sorted(collections.Counter(hook for calls in made.values() for hook, _, _ in calls).items())), file=file)
    if 100 * decided < 30 * total or missing:
        sys.exit(f"{decided} of {total} events are decided by a rule; one outcome only: {missing}")


if __name__ == "__main__":
    main(*sys.argv[1:])
