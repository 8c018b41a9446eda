"""docs/attributes.md: every attribute of the prelude, and what the kernel tests show of it. Usage: attributes_page.py ROOT [--write]

A hook is *proved* for an attribute when a rule of a kernel test case (deny_*, attr_*) that uses it there is named by the event of a call in the
case's table, or when it is a cell of attr_cells, whose rules test/vm/cells.py makes. test/vm/attributes.py loads a rule with it on the others."""
import difflib
import glob
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "vm"))
from cells import cells  # noqa: E402

HEAD = """# Attributes

What a condition may use, on which hooks, and what the kernel tests show of it: **proved** where a system call is denied because of it (and one that
differs in it is not). The others are declared there and checked against the kernels' types; `test/vm/attributes.py KERNEL` loads each, which takes too long
for the suite. `*`: every hook whose current task is the actor.

Made by `test/docs/attributes_page.py ROOT --write` from `stdlib/prelude.lsmp` and the cases of `test/vm`, most of it from the tables of `test/vm/cases/attr_cells`; a test fails when it no longer holds.

"""
DECLARATION = re.compile(r"^attribute ([\w.]+) : (\w+) on ([\w*,\s]+?)\s*=", re.M)


def doc_before(text, at):
    """The lines of the `##` comment that ends where a declaration begins."""
    before = text[:at].splitlines()
    doc = []
    while before and before[-1].startswith("##"):
        doc.insert(0, before.pop()[3:])
    return doc


def declarations(root, module="prelude"):
    """Attribute to (type, doc comments, hooks), in the module's order."""
    text = open(os.path.join(root, "stdlib", module + ".lsmp")).read()
    found = {}
    for match in DECLARATION.finditer(text):
        doc = doc_before(text, match.start())
        _, docs, hooks = found.setdefault(match[1], (match[2], [], []))
        if doc:
            docs.append(" ".join(doc))
        hooks += [hook for hook in re.split(r"[,\s]+", match[3]) if hook]
    return found


def seen_events(calls):
    """HOOK/MESSAGE of all events that the table expects."""
    return {event for line in open(calls) if not line.startswith("do ") for word in line.split()[1:2] for event in word.split(",")}


def proved(root, found):
    """Attribute to the hooks that a case proves."""
    result = {name: set() for name in found}
    for hook, attribute in cells(root, found):
        result[attribute.name].add(hook.name)
    by_length = sorted(found, key=len, reverse=True)
    for policy in glob.glob(os.path.join(root, "test", "vm", "cases", "*", "*.lsmp")):
        calls = policy[: -len(".lsmp")] + ".calls"
        if not os.path.exists(calls):
            continue
        events = seen_events(calls)
        for rule in re.finditer(r'^on ([\w, ]+?) (?:if present )?when (.*?) (?:deny|audit|allow)\b.*?audit "([^"]*)"', open(policy).read(), re.M):
            condition = re.sub(r'"[^"]*"|arg\.[\w.]+', "", rule[2])
            used = set(re.findall(r"(?<![\w.])(?:" + "|".join(map(re.escape, by_length)) + r")(?![\w.])", condition))
            for hook in re.split(r", *", rule[1]):
                if f"{hook}/{rule[3]}" in events:
                    for name in used:
                        result[name].add(hook)
    return result


def render(root):
    found = declarations(root)
    shown = proved(root, found)
    rows = [["attribute", "type", "meaning", "proved on", "also on"], ["---"] * 5]
    for name, (kind, docs, hooks) in found.items():
        others = [hook for hook in hooks if hook not in shown[name]]
        rows.append([f"`{name}`", kind, "<br>".join(doc.replace("|", "\\|") for doc in docs), " ".join(sorted(shown[name])), " ".join(others)])
    return HEAD + "".join("| " + " | ".join(row) + " |\n" for row in rows), [name for name in found if not shown[name]]


def differences(root, page, text, writing):
    """Lines in which the page in docs/ is not `text`, printed; none after `writing` it."""
    path = os.path.join(root, "docs", page)
    if writing:
        open(path, "w").write(text)
    old = open(path).read() if os.path.exists(path) else ""
    lines = list(difflib.unified_diff(old.splitlines(), text.splitlines(), "docs/" + page, "found", lineterm="", n=0))
    print("\n".join(lines))
    return lines


def main(root, writing):
    text, unproved = render(root)
    lines = differences(root, "attributes.md", text, writing)
    print(f"{len(declarations(root))} attributes, unproved: {' '.join(unproved) or 'none'}, the page differs in {len(lines)} lines")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--write" in sys.argv[2:]))
