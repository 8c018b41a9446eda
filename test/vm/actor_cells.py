"""Policies and calls of the cases attr_actors, attr_targets, attr_tracers and attr_held: attributes down, hooks across. Usage: actor_cells.py CASE OUT

A task that has the attribute, or what it acts on, makes the calls of all hooks, and so does its neighbour."""
import collections
import sys

from cells import ROOT, rows, save

ACTORS = "attr_actors"
CASES = [ACTORS, "attr_targets", "attr_tracers", "attr_held"]
Hook = collections.namedtuple("Hook", "family name otherwise without call")
Actor = collections.namedtuple("Actor", "name number rest")
ERRNO = "EDOM"


def hooks(root, case):
    return rows(root, case, "hooks.table", Hook)


def has(found, hook, name):
    """Where the attribute is one of the acting process, some hooks have another one of the same name."""
    on = found[name][2]
    return name not in hook.without.split(",") and ("*" in on) != (hook.name in on)


def cells(root, found, case):
    """(hook, attribute) pairs that the tables prove."""
    return [(hook, actor) for actor in rows(root, case, "actors.table", Actor) for hook in hooks(root, case) if has(found, hook, actor.name)]


def rule(hook, actor):
    condition = actor.rest.split(" | ")[0].strip()
    guard = "" if actor.name == "loginuid" else f"loginuid == {actor.number} and "
    return f'on {hook.name} when {guard}{condition} deny {ERRNO} audit "{hook.name}-{actor.name}"\n'


def calls(actor, across):
    """The calls of the task that has it, which are denied, and those of its neighbour, which are not."""
    _, yes, no = (part.strip().replace("LOGIN", f"login={actor.number}") for part in actor.rest.split(" | "))
    made = " and ".join(hook.call for hook in across)
    events = ",".join(f"{hook.name}/{hook.name}-{actor.name}" for hook in across)
    denied, permitted = (",".join(f"{result or hook.otherwise}>{hook.otherwise}" for hook in across) for result in (ERRNO, ""))
    return f"{denied} {events} - {yes} {made}\n{permitted} - - {no} {made}\n"


def write(case, out):
    from attributes_page import declarations
    found = declarations(ROOT)
    pairs = cells(ROOT, found, case)
    actors = dict.fromkeys(actor for _, actor in pairs)
    rules = "".join(rule(*pair) for pair in pairs)
    save(out, {"actors": (rules, "".join(calls(actor, [hook for hook, other in pairs if other == actor]) for actor in actors))})


if __name__ == "__main__":
    write(*sys.argv[1:])
