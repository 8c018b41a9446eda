"""Random policies by the grammar: names and types need not make sense to `check`."""
NAMES = ["path", "uid", "arg.a.b", "exe", "group.x", "file.mode", "ancestor.exe", "not_there", "on_x", "set.of"]
HOOKS = ["file_open", "path_rename", "socket_connect", "a_hook_with_a_rather_long_name", "bpf"]
ATOMS = ["1", "0x1F", "0o17", "-7", "true", "false", "null", '"/etc/**"', '"a \\"b\\" \\\\ # no comment"', '"é\\x00"', "10.0.0.0/8", "::1", "fd00::/8", "127.0.0.1"]


def names(rng, limit):
    return ", ".join(rng.choice(HOOKS) for _ in range(rng.choice([1, 1, 2, limit])))


def value(rng, depth):
    kind = rng.randrange(8) if depth > 0 else rng.randrange(2)
    if kind < 2:
        return rng.choice(ATOMS if kind else NAMES)
    if kind == 2:
        return f"{rng.choice(['f', 'if', 'user', 'any_of'])}({', '.join(expression(rng, depth - 1) for _ in range(rng.randrange(4)))})"
    if kind == 3:
        return literal(rng, depth - 1)
    if kind == 4:
        return f"({expression(rng, depth - 1)})"
    if kind == 5:
        return f"{rng.choice(NAMES)}[{rng.randrange(9)}].x"
    return f" {rng.choice('&|')} ".join(rng.choice(NAMES) for _ in range(rng.randint(2, 3)))


def literal(rng, depth):
    count = rng.choice([0, 1, 2, 5, 30])
    if rng.random() < 0.3:
        return "{ " + ", ".join(str(rng.randrange(10**6)) for _ in range(count)) + " }"
    return "{ " + ", ".join(value(rng, depth) if rng.random() < 0.8 else f"{i}..{i + 5}" for i in range(count)) + " }"


def expression(rng, depth):
    kind = rng.randrange(6) if depth > 0 else 0
    if kind <= 1:
        operator = rng.choice(["==", "!=", "<", ">=", "~", "!~", "under", "in", "not in", "has", "has any"])
        return value(rng, depth - 1) + (f" {operator} {value(rng, depth - 1)}" if rng.random() < 0.8 else "")
    if kind == 2:
        return f"not {expression(rng, depth - 1)}"
    if kind == 3:
        return f"({expression(rng, depth - 1)})"
    word = " and " if kind == 4 else " or "
    return word.join(f"({expression(rng, depth - 1)})" if rng.random() < 0.3 else expression(rng, depth - 1) for _ in range(rng.randint(2, 5)))


def actions(rng):
    return " ".join(rng.choice(["deny", "deny EPERM", "deny 13", "allow", "kill", "kill SIGTERM", 'audit "x"', "audit", "quiet", "rate 10/s", f'audit "{"m" * rng.randint(20, 90)}"'])
                    for _ in range(rng.randint(1, 4)))


def condition(rng):
    return f" when {expression(rng, rng.randint(0, 4))}" if rng.random() < 0.8 else ""


def rule(rng):
    return f"on {names(rng, 12)}{rng.choice(['', ' if present'])}{rng.choice([condition(rng), ' default'])} {actions(rng)}"


def call(rng):
    return f"protect({', '.join(expression(rng, 2) for _ in range(rng.randrange(4)))})"


def block(rng, depth):
    inside = "\n".join(statement(rng, depth - 1) for _ in range(rng.randrange(4)))
    if rng.random() < 0.5:
        return f"scope {rng.choice(['program', 'cgroup'])} {rng.choice([literal(rng, 2), rng.choice(ATOMS)])} {{\n{inside}\n}}"
    return f"scope when {expression(rng, 3)} {{\n{inside}\n}}"


def statement(rng, depth):
    return rng.choice([rule, rule, call, lambda rng: block(rng, depth)])(rng) if depth > 0 else rule(rng)


def declaration(rng):
    kind = rng.randrange(6)
    if kind == 0:
        return f"let a_name = {value(rng, 3)}"
    if kind == 1:
        return f"set some : {rng.choice(['glob', 'int'])}{rng.choice(['', ' dynamic max 64'])} = {literal(rng, 1)}"
    if kind == 2:
        return f"attribute {rng.choice(['x', 'x.y'])} : path on {rng.choice(['*', names(rng, 9)])} = {expression(rng, 3)}"
    if kind == 3:
        return "group g = " + ", ".join(rng.choice(HOOKS) + (condition(rng) if rng.random() < 0.4 else "") for _ in range(rng.choice([1, 3, 12])))
    if kind == 4:
        inside = "\n".join(statement(rng, 1) for _ in range(rng.randrange(3)))
        parameters = ", ".join(f"p{i}: {rng.choice(['path', 'set of glob'])}" for i in range(rng.choice([0, 1, 2, 12])))
        return f"template t({parameters}) {{\n{inside}\n}}"
    return rng.choice(["use std.net", "use a.b.c", 'set f : glob = from "a/b.txt"'])


def expectation(rng):
    return "expect " + " ".join(rng.choice(["allow", "deny", "deny EPERM", "kill 9", 'audit "x"', "audit", "quiet", "unresolved"]) for _ in range(rng.randint(1, 3)))


def step(rng):
    fields = ", ".join(f"{rng.choice(NAMES)}: {value(rng, 2)}" for _ in range(rng.choice([0, 1, 3, 12])))
    event = f" {{ {fields} }}" if rng.random() < 0.8 else ""
    return f"given {rng.choice(HOOKS + ['exec', 'fork'])}{rng.choice(['', ' as web'])}{event} {expectation(rng) if rng.random() < 0.5 else ''}"


def cases(rng):
    rows = "\n".join(f"{{ {', '.join(value(rng, 1) for _ in range(2))} }} {expectation(rng)}" for _ in range(rng.randint(1, 4)))
    return f"cases {{ path, {rng.choice(NAMES)} }}\n{rows}"


def claim(rng):
    if rng.random() < 0.3:
        return f'assert "a claim" {rng.choice(["never", "always"])} {rng.choice(["allow", "deny"])} {names(rng, 12)}{rng.choice(["", " if present"])}{condition(rng)}'
    assumptions = f" with some = {literal(rng, 1)}, user(\"nginx\") = 33" if rng.random() < 0.3 else ""
    steps = "\n".join(step(rng) for _ in range(rng.randint(1, 3)))
    return f'test "a test"{assumptions}\n{steps}\n{cases(rng) if rng.random() < 0.3 else ""}'


def policy(rng):
    head = rng.choice(["", "policy a\n", 'policy my-own-name version "1.0" mode audit unresolved allow foreign trust\n'])
    return head + "\n".join(rng.choice([declaration, claim, lambda rng: statement(rng, 2), lambda rng: statement(rng, 2)])(rng) for _ in range(rng.randint(1, 5))) + "\n"
