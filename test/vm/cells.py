"""Policies and calls of the case attr_cells: a rule a cell of its tables, attributes down, hooks across. Usage: cells.py OUT"""
import collections
import os
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(ROOT, "test", "docs"))
CASE = "attr_cells"
NEW = "new"  # the kind of what is not there yet
COMM = 15  # letters of a task's name
Hook = collections.namedtuple("Hook", "name policy kind after otherwise without call")
Attribute = collections.namedtuple("Attribute", "name kinds place other owner condition")


def rows(root, case, name, form):
    """A table of the case; the last column may hold blanks."""
    lines = open(os.path.join(root, "test", "vm", "cases", case, name)).read().splitlines()
    return [form(*line.split(None, len(form._fields) - 1)) for line in lines if line and not line.startswith("#")]


def cells(root, found):
    """(hook, attribute) pairs that the tables prove, of those that the prelude declares: `found` as declarations() has it."""
    attributes = rows(root, CASE, "attributes.table", Attribute)
    return [(hook, attribute) for hook in rows(root, CASE, "hooks.table", Hook) for attribute in attributes
            if hook.kind in attribute.kinds.split(",") and attribute.name not in hook.without.split(",") and hook.name in found[attribute.name][2]]


def rule(hook, attribute):
    condition = attribute.condition.replace("KIND", hook.kind)
    owner = "fsuid" if hook.kind == NEW else "file.owner"
    guard = "" if attribute.name == owner else f" and {owner} == {attribute.owner}"
    return f'on {hook.name} if present when comm == "{hook.name[:COMM]}" and {condition}{guard} deny {errno(hook)[1]} audit "{hook.name}-{attribute.name}"\n'


def errno(hook):
    """What a denied call shows, and what the rule says: a descriptor that does not come has no errno."""
    return ("EPERM:EDOM" if hook.name == "file_receive" else "EDOM"), "EDOM"


def calls(hook, attribute):
    """The call on the object, which is denied, and on its neighbour, which is not."""
    without = "" if hook.otherwise == "ok" else ">" + hook.otherwise

    def line(result, event, place, end):
        words = hook.call.replace("FILE", f"{place}/{hook.kind}/{attribute.name}.{end}")
        actor = f"fsuid={attribute.owner} " if hook.kind == NEW else ""
        return f"{result} {event} - {actor}comm={hook.name[:COMM]} {words}\n"
    return line(errno(hook)[0] + without, f"{hook.name}/{hook.name}-{attribute.name}", attribute.place, "yes") + line(hook.otherwise + without, "-", attribute.other, "no")


def save(out, texts):
    """`texts`: a policy's rules and its table of calls."""
    for policy, (rules, table) in texts.items():
        open(os.path.join(out, policy + ".lsmp"), "w").write(rules)
        open(os.path.join(out, policy + ".calls"), "w").write(table)


def write(out):
    from attributes_page import declarations
    texts, last = collections.defaultdict(lambda: ["", ""]), None
    for hook, attribute in cells(ROOT, declarations(ROOT)):
        if last and last != hook and last.after == "fresh":
            texts[last.policy][1] += f"do fresh {last.kind}\n"
        texts[hook.policy][0] += rule(hook, attribute)
        texts[hook.policy][1] += calls(hook, attribute)
        last = hook
    if last and last.after == "fresh":
        texts[last.policy][1] += f"do fresh {last.kind}\n"
    save(out, texts)


if __name__ == "__main__":
    write(sys.argv[1])
