"""Loads every attribute on every hook that the prelude declares it for, in a guest of one kernel. Usage: attributes.py KERNEL

One policy an attribute, with one rule for all its hooks; the attributes of the acting process (`on *`), together in one rule, on every hook
that has an actor, some hooks a policy. A policy that does not build or does not load is a failure."""
import json
import os
import sys
import tempfile

from every_hook import build_policy, lsmpc, refusals, write

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(ROOT, "test", "docs"))
from attributes_page import declarations  # noqa: E402

CHUNK = 24
TESTS = {"path": '~ "/never/**"', "string": '== "never"', "bool": "", "ip": "== 10.0.0.1", "access": "has write", "open_flags": "has O_APPEND",
         "mode": "has S_ISUID", "caps": "has CAP_KILL", "prot": "has PROT_EXEC", "mount": "has MS_BIND"}
SCRIPT = """try_one() {
  if lsmpctl load /policies/$1.bpf.o > /run/out 2>&1; then echo "loaded $1"; else echo "broken $1: $(tail -n 4 /run/out | tr '\\n' ' ')"; fi
  lsmpctl unload $1 > /dev/null 2>&1
}
"""


def test_of(name, kind):
    return f"{name} {TESTS.get(kind, '== 77')}".strip()


def policies(found, hooks):
    """Policy to (hooks, condition)."""
    result = {}
    for name, (kind, _, on) in found.items():
        here = [hook for hook in on if hook in hooks]
        if on != ["*"] and here:
            result["attr-" + name.replace(".", "-")] = (here, test_of(name, kind))
    process = " or ".join(test_of(name, kind) for name, (kind, _, on) in found.items() if on == ["*"])
    actors = [hook for hook, actor in hooks.items() if actor]
    for begin in range(0, len(actors), CHUNK):
        result[f"process{begin // CHUNK}"] = (actors[begin:begin + CHUNK], process)
    return result


def build(kernel, wanted, folder):
    """What does not build."""
    wrong = []
    for name, (hooks, condition) in wanted.items():
        result = build_policy(kernel, name, f"on {', '.join(hooks)} when {condition} audit\n", folder)
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
        wrong = build(kernel, wanted, folder)
        names = [name for name in wanted if os.path.exists(os.path.join(folder, name + ".bpf.o"))]
        lines = run_guest(kernel, names, folder)
        if f"loaded {names[-1]}" not in lines:  # an emulated kernel may die of the emulator: once more
            lines = run_guest(kernel, names, folder)
    wrong += [line for line in lines if line.startswith("broken ")]
    wrong += [f"{name}: neither loaded nor broken" for name in names if not any(line.split(":")[0].split()[1:2] == [name] for line in lines)]
    cells = sum(len(hooks) for name, (hooks, _) in wanted.items() if f"loaded {name}" in lines)
    print("\n".join(wrong))
    print(f"kernel {kernel}: {len(found)} attributes, {len(wanted)} policies with {cells} programs loaded, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
