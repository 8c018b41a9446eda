"""What stands around the rules of a random policy: scopes, groups of hooks, templates and their calls."""
from language_texts import literal, quoted
import language_texts as texts


def indented(lines):
    return ["  " + line for line in lines]


def scoped(r, lines, condition):
    """The rules in a scope. `condition`: one that has a meaning on their hooks."""
    kind = r.randrange(4)
    if kind == 0:
        head = f'scope program "{texts.glob(r)[0]}"' if r.one_in(2) else f"scope program {quoted(literal(r))}"
    elif kind == 1:
        head = f"scope cgroup {quoted(literal(r))}"
    else:
        head = f"scope when {condition}"
    return [head + " {", *indented(lines), "}"]


def scope_asks(lines):
    """The attributes that heads of scopes ask for without naming them."""
    found = set()
    for line in lines:
        found |= {"exe", "ancestor.exe"} if "scope program" in line else {"cgroup"} if "scope cgroup" in line else set()
    return found


class Template:
    """Rules on one hook over parameters. `values`: how each is called with."""

    def __init__(self, r, name, hook, subject, action):
        self.name, self.hook = name, hook
        pick, parameter, value = {"path": ("in", "set of glob", lambda: "{ " + subject.glob(r) + ", " + subject.glob(r) + " }"), "ip": ("in", "set of cidr", lambda: "{ " + subject.network(r) + " }"),
                                  "uid": ("==", "uid", lambda: str(subject.constant(r))), "port": ("in", "set of port", lambda: "{ " + subject.element(r) + " }")}[subject.type]
        self.lines = [f"template {name}(what_{name}: {parameter}, who_{name}: uid, really_{name}: bool) {{",
                      f"  on {hook} when {subject.name} {pick} what_{name} and euid {r.choice(['!=', '<', '=='])} who_{name} and {r.choice(['really_', 'not really_'])}{name} {action}"]
        if r.one_in(2):
            self.lines.append(f"  on {hook} when {subject.name} {'not in' if pick == 'in' else '!='} what_{name} or {r.choice(['really_', 'not really_'])}{name} audit \"t\"")
        self.lines.append("}")
        self.call = lambda uid: f"{name}({value()}, {uid}, {r.choice(['true', 'false'])})"


TEMPLATED = {"path", "ip", "uid", "port"}
