"""docs/attributes.md: every attribute of the prelude, and what the kernel tests show of it. Usage: attributes_page.py ROOT [--write]

A hook is *proved* for an attribute when a rule of a kernel test case (deny_*, attr_*) that uses it there is named by the event of a call in the
case's table, or when it is a cell of attr_cells or attr_actors, whose rules test/vm/cells.py and actor_cells.py make. test/vm/attributes.py loads a
rule with it on the others."""
import collections
import difflib
import glob
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "vm"))
import actor_cells  # noqa: E402
from cells import CASE, cells, rows  # noqa: E402

HEAD = """# Attributes

What a condition may use, on which hooks, and what the kernel tests show of it: **proved** where a system call is denied because of it (and one that
differs in it is not). The others are declared there and checked against the kernels' types; `test/vm/attributes.py KERNEL` loads each, which the suite
does on 6.1 and 7.3.

Made by `test/docs/attributes_page.py ROOT --write` from `stdlib/prelude.lsmp` and the cases of `test/vm`, most of it from the tables of
`test/vm/cases/attr_cells` and `attr_actors`; a test fails when it no longer holds.

## The acting process

On every hook whose current task is the actor, and proved on a hook of each family; where none is said to be, that hook has an attribute of its own of
that name.

"""
OBJECTS = """
## What is acted on

- †: the kernel comes there with one kind of object alone (%s), so that no two differ in it.
- §: the guests of the tests have one kind alone (%s).
- ‡: a hook that cannot deny ([hooks.md](hooks.md) says why).

"""
Single = collections.namedtuple("Single", "hooks attributes mark what")
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
    for hook, attribute in cells(root, found) + [pair for case in actor_cells.CASES for pair in actor_cells.cells(root, found, case)]:
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


def marks(root):
    """What stands behind a hook's name for an attribute that is not proved there: (attribute, hook) or hook to mark; and what the first two say."""
    single = rows(root, CASE, "single.table", Single)
    page = [[part.strip() for part in line.split("|")[1:3]] for line in open(os.path.join(root, "docs", "hooks.md")) if line.startswith("| ")]
    found = {name.rstrip(" °"): "‡" for name, use in page if use == "audit"}
    found.update({(attribute, hook): one.mark for one in single for attribute in one.attributes.split(",") for hook in one.hooks.split(",")})
    return found, tuple(", ".join(dict.fromkeys(one.what for one in single if one.mark == mark)) for mark in "†§")


def unproved(name, hooks, shown, marked):
    return " ".join(hook + marked.get((name, hook), marked.get(hook, "")) for hook in hooks if hook not in shown[name] and hook != "*")


def table(lines):
    return "".join("| " + " | ".join(row) + " |\n" for row in [lines[0], ["---"] * len(lines[0])] + lines[1:])


def start(name, kind, docs):
    return [f"`{name}`", kind, "<br>".join(doc.replace("|", "\\|") for doc in docs)]


def actors(root, found, shown, marked):
    across = actor_cells.hooks(root, actor_cells.ACTORS)
    heads = [f"[{hook.family}](hooks/{hook.family}.md): `{hook.name}`" for hook in across]
    lines = [["attribute", "type", "meaning", *heads, "proved on others", "also on"]]
    for name, (kind, docs, hooks) in found.items():
        if "*" not in hooks:
            continue
        proofs = ["proved" if hook.name in shown[name] else "" for hook in across]
        others = shown[name] - {hook.name for hook in across}
        lines.append([*start(name, kind, docs), *proofs, " ".join(sorted(others)), unproved(name, hooks, shown, marked)])
    return table(lines)


def objects(found, shown, marked):
    lines = [["attribute", "type", "meaning", "proved on", "also on"]]
    for name, (kind, docs, hooks) in found.items():
        if "*" not in hooks:
            lines.append([*start(name, kind, docs), " ".join(sorted(shown[name])), unproved(name, hooks, shown, marked)])
    return table(lines)


def render(root):
    found = declarations(root)
    shown = proved(root, found)
    marked, kinds = marks(root)
    text = HEAD + actors(root, found, shown, marked) + OBJECTS % kinds + objects(found, shown, marked)
    return text, [name for name in found if not shown[name]]


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
