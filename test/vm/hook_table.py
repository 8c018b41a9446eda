"""docs/hooks.md: what may be done on each hook, and what a guest of each kernel showed. Made and checked by every_hook.py."""
import difflib
import json
import os

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "hooks.md")
KERNELS = ["5.10", "6.1", "6.12", "7.3"]
HEAD = """# Hooks

Every LSM hook of the four kernels that the tests boot, with what a rule may do there (`compiler/btf/hooks.def`, where the kernel sources are named) and
what `on HOOK audit` did in a guest of each kernel. `lsmpc hooks NAME` shows a hook's arguments and attributes.

- **use**: *deny* (the kernel takes the refusal), *audit* (record only; the last column says why), *refused* (no rule at all).
- a system call's name: the program attached, and this call made an event there. *attaches*: it attached, and no call of the test can be
  named for it. *refused*: a build error with the reason of the last column, or, on 5.10, because the hook takes a record by value. —: the kernel has no such hook.
- ° runs where the current task may be a stranger (interrupt, RCU, worker thread): rules there have no process attributes, and events say `interrupted` in place of `process`.

Made by `test/vm/every_hook.py KERNEL --write`; the kernel tests fail when a line no longer holds.

"""
USES = {"may deny": "deny", "audit only": "audit", "refused": "refused"}


def cell(state, text):
    return f"`{text}`" if state == "fires" else state


def read():
    """Hook to kernel to cell, as the page has it."""
    cells = {}
    if os.path.exists(PATH):
        for line in open(PATH):
            parts = [part.strip() for part in line.strip().strip("|").split("|")]
            if line.startswith("| ") and len(parts) == 3 + len(KERNELS):
                cells[parts[0].rstrip(" °")] = dict(zip(KERNELS, parts[2:-1]))
    return cells


def render(cells, lsmpc):
    hooks = json.loads(lsmpc("hooks", "--target", ",".join(KERNELS), "--format", "json").stdout)["hooks"]
    rows = [["hook", "use", *KERNELS, "why not deny"], ["---"] * (3 + len(KERNELS))]
    for hook in hooks:
        found = cells.get(hook["name"], {})
        name = hook["name"] + ("" if hook["actor"] else " °")
        rows.append([name, USES[hook["use"]], *[found.get(kernel, "—") for kernel in KERNELS], hook["reason"]])
    return HEAD + "".join("| " + " | ".join(row) + " |\n" for row in rows)


def page(kernel, states, lsmpc):
    cells = read()
    for name in set(cells) | set(states):
        cells.setdefault(name, {})[kernel] = cell(*states[name]) if name in states else "—"
    return render(cells, lsmpc)


def update(kernel, states, lsmpc):
    text = page(kernel, states, lsmpc)
    with open(PATH, "w") as out:
        out.write(text)


def differences(kernel, states, lsmpc):
    old = open(PATH).read() if os.path.exists(PATH) else ""
    lines = difflib.unified_diff(old.splitlines(), page(kernel, states, lsmpc).splitlines(), "docs/hooks.md", "found", lineterm="", n=0)
    return [f"docs/hooks.md: {line}" for line in lines if not line.startswith("@@")]
