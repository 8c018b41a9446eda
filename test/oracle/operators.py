"""Which operators the conditions of random policies came to in the events that were run, both ways, by the type of what they ask for."""
import collections
import os
import re
import sys

import language_hooks

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TABLE = re.compile(r'^LSMPC_BINARY_OP\(\w+, "(.+)"\)', re.M)
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
NAME = re.compile(r"[a-z_][\w.]*")
# Those that stand in the compiler's table and are no condition: they join constants.
NO_CONDITIONS = {"|"}
JOINING = {"and", "or"}
NUMBERS = {"uid", "gid", "pid", "port", "int"}
TEXTS = {"path", "program", "string"}
FLAGS = {"access", "open_flags", "mode", "prot", "caps", "mount"}
EQUAL, ORDER, IN = {"==", "!="}, {"<", "<=", ">", ">="}, {"in", "not in"}
# What is asked of each kind of value; where an event cannot bring it about that it comes out one way, it is not here (language_hooks.POINTERS).
EXPECTED = {**{type: EQUAL | ORDER | IN | {"&"} for type in NUMBERS}, "path": EQUAL | IN | {"~", "!~", "under"}, "program": EQUAL | IN | {"~", "!~", "under"}, "string": EQUAL | IN | {"~", "!~"},
            "cap": EQUAL | ORDER | IN, "ip": EQUAL | IN, "bool": EQUAL | {"alone"}, **{type: EQUAL | {"has", "has any", "&"} for type in FLAGS}}
JOINED = JOINING | {"not", "==", "!="}  # of conditions


def table():
    with open(os.path.join(ROOT, "compiler/ast/binary_ops.def")) as file:
        return TABLE.findall(file.read())


def types():
    """Of every attribute, raw field and attribute of the policy's own."""
    found = {hooks_name: type for hooks_name, type, _ in language_hooks.OWN.values()}
    for hook in language_hooks.HOOKS:
        for one in language_hooks.attributes(hook) + language_hooks.actor():
            found.setdefault(one.name, one.type)
    return found


SPELLINGS = sorted(table(), key=len, reverse=True)
TYPES = types()


def operator_of(bare):
    """Of a condition without its strings: the operator, `&` before what its result is compared with; `alone`: none."""
    found = {one for one in SPELLINGS if f" {one} " in bare}
    if "&" in found:
        return "&"
    for one in SPELLINGS:
        if one in found and one not in JOINING:
            return one
    return "exists" if bare.startswith("exists(") else "alone"


def asked(text):
    """(operator, type) of a condition as the document of `lsmpc test` has it."""
    bare = STRING.sub('""', text)
    if bare.startswith("if("):
        return operator_of(bare[bare.rindex(")"):]), "choice"
    if bare.startswith("("):  # of two conditions
        return next((one for one in ("==", "!=") if f") {one} (" in bare), "and"), "condition"
    for name in NAME.findall(bare):
        if name in TYPES:
            return operator_of(bare), TYPES[name]
    return operator_of(bare), "parameter"


def wanted():
    return {(operator, type) for type, operators in EXPECTED.items() for operator in operators} | {(operator, "condition") for operator in JOINED}


def unknown():
    """Operators of the compiler's table that no condition is made of here."""
    known = {operator for operator, _ in wanted()} | NO_CONDITIONS
    return [f"{operator}: stands in no condition of random policies" for operator in table() if operator not in known]


class Outcomes:
    def __init__(self):
        self.counts = collections.Counter()

    def add(self, operator, type, holds, fails):
        self.counts[operator, type, True] += holds
        self.counts[operator, type, False] += fails

    def read(self, document, tops):
        """`tops`: what joins the condition of a rule, by its file and line."""
        lines = collections.defaultdict(list)
        for one in document["conditions"]:
            self.add(*asked(one["text"]), one["true"], one["false"])
            lines[os.path.basename(one["file"]), one["line"]].append(one)
        for rule in document["rules"]:
            place = os.path.basename(rule["file"]), rule["line"]
            parts = lines.get(place)
            if place not in tops or not parts or any(part["unresolved"] for part in parts):
                continue
            first = min(parts, key=lambda part: part["column"])
            held = rule["hits"]
            self.add(tops[place], "condition", held, first["true"] + first["false"] - held)

    def missing(self):
        """What never came out one way, and the operators that nothing is expected of."""
        found = [f"{operator} of {type}: never {str(way).lower()}" for operator, type in sorted(wanted()) for way in (True, False) if not self.counts[operator, type, way]]
        return found + unknown()

    def text(self):
        lines = []
        for type in sorted({type for _, type, _ in self.counts}):
            own = sorted({operator for operator, other, _ in self.counts if other == type})
            lines.append(f"  {type}: " + ", ".join(f"{operator} {self.counts[operator, type, True]}/{self.counts[operator, type, False]}" for operator in own))
        return "held/not, by type:\n" + "\n".join(lines)


if __name__ == "__main__":
    print(*unknown() or ["every operator stands in random policies"], sep="\n")
    sys.exit(1 if unknown() else 0)
