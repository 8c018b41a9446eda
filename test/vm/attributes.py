"""Loads every attribute on every hook that the prelude declares it for, in a guest of one kernel. Usage: attributes.py KERNEL

The attributes of a hook stand in one rule, those of the acting process (`on *`) among them; what does not fit beside the others, because a program
holds few strings, stands in the rule of a further policy. A cell that does not build or does not load is a failure."""
import json
import os
import sys
import tempfile

from every_hook import build_policy, lsmpc, refusals, write

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(ROOT, "test", "docs"))
from attributes_page import declarations  # noqa: E402

HOOKS = 64  # of a policy
MOST = 26  # attributes of a rule, which the verifiers of all four kernels go through
STRINGS = {"path": 2, "string": 4}  # of a rule: what a program holds
TESTS = {"path": '~ "/never/**"', "string": '== "never"', "bool": "", "ip": "== 10.0.0.1", "access": "has write", "open_flags": "has O_APPEND",
         "mode": "has S_ISUID", "caps": "has CAP_KILL", "prot": "has PROT_EXEC", "mount": "has MS_BIND"}
SCRIPT = """try_one() {
  if lsmpctl load /policies/$1.bpf.o > /run/out 2>&1; then echo "loaded $1"; else echo "broken $1: $(tail -n 4 /run/out | tr '\\n' ' ')"; fi
  lsmpctl unload $1 > /dev/null 2>&1
}
"""


def test_of(name, kind):
    return f"{name} {TESTS.get(kind, '== 77')}".strip()


def batches(names, kinds):
    """The attributes of a hook, as many together as a program holds."""
    result = []
    for name in names:
        kind = kinds[name]
        for batch in result:
            if len(batch) < MOST and (kind not in STRINGS or sum(kinds[other] == kind for other in batch) < STRINGS[kind]):
                batch.append(name)
                break
        else:
            result.append([name])
    return result


def policies(found, hooks):
    """Policy to its rules: (hook, attributes) each."""
    kinds, rounds = {name: kind for name, (kind, _, _) in found.items()}, []
    for hook, actor in hooks.items():
        names = [name for name, (_, _, on) in found.items() if hook in on or (actor and on == ["*"])]
        for number, batch in enumerate(batches(names, kinds)):
            rounds += [[]] * (number + 1 - len(rounds))
            rounds[number] = rounds[number] + [(hook, batch)]
    chunks = [rules[begin:begin + HOOKS] for rules in rounds for begin in range(0, len(rules), HOOKS)]
    return {f"cells{number}": rules for number, rules in enumerate(chunks)}


def build(kernel, wanted, kinds, folder):
    """What does not build."""
    wrong = []
    for name, rules in wanted.items():
        text = "".join(f"on {hook} when {' or '.join(test_of(one, kinds[one]) for one in names)} audit\n" for hook, names in rules)
        result = build_policy(kernel, name, text, folder)
        if result.returncode:
            wrong.append(f"{name} does not build: {result.stderr}")
    return wrong


def run_guest(kernel, names, folder):
    write(os.path.join(folder, "all.sh"), SCRIPT + "".join(f"try_one {name}\n" for name in names))
    command = ["try", "--kernel", kernel, "--no-load", "--seconds", "900", "--file", f"{folder}/all.sh:/policies/all.sh"]
    for name in names:
        command += ["--file", f"{folder}/{name}.bpf.o:/policies/{name}.bpf.o"]
    return lsmpc(*command, "--", "sh", "/policies/all.sh").stdout.splitlines()


def main(kernel):
    listed = json.loads(lsmpc("hooks", "--target", kernel, "--format", "json").stdout)["hooks"]
    found = declarations(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        refused = refusals(kernel, [hook["name"] for hook in listed], folder)
        hooks = {hook["name"]: hook["actor"] for hook in listed if hook["name"] not in refused}
        wanted = policies(found, hooks)
        wrong = build(kernel, wanted, {name: kind for name, (kind, _, _) in found.items()}, folder)
        names = [name for name in wanted if os.path.exists(os.path.join(folder, name + ".bpf.o"))]
        lines = run_guest(kernel, names, folder)
        if f"loaded {names[-1]}" not in lines:  # an emulated kernel may die of the emulator: once more
            lines = run_guest(kernel, names, folder)
    wrong += [line for line in lines if line.startswith("broken ")]
    wrong += [f"{name}: neither loaded nor broken" for name in names if not any(line.split(":")[0].split()[1:2] == [name] for line in lines)]
    cells = sum(len(names) for name, rules in wanted.items() if f"loaded {name}" in lines for _, names in rules)
    print("\n".join(wrong))
    print(f"kernel {kernel}: {len(found)} attributes, {len(wanted)} policies with {cells} cells loaded, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
