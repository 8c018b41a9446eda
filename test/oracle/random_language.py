"""Policies over the whole language, made from a number, and events for them: of each hook's rules a test with a table of events, whose values lie on the rules'
edges and one byte, bit or number off them, or are absent or unresolved; and a test of several steps by two tasks. The expectations say nothing of the answer
(each allows); what is asked of `lsmpc test` is whether the compiled code and the rules' text agree.

Not here, for `lsmpc test` brings none of it about: bundles, a policy's mode and `foreign trust` (a test has one policy, whose mode it looks past), paths of more than
4096 bytes or 256 names, calls in interrupts, exchanges by rename, what stacked filesystems open, a pointer that leads somewhere, tasks older than the policy, a `uid` or
`gid` that is unresolved (before 5.11 a helper says them).
Nor, for they change no answer: `assert`, `use` of files, sets from files, lints and `version`.

random_language.py SEED [EVENTS] prints one."""
import re
import sys

import language_blocks as blocks
import language_hooks as hooks
import language_texts as texts
from language_texts import quoted
from language_values import Number, Path
from random_policy import ERRNOS, Random, SIGNALS

RULE = re.compile(r"on (\w+) when (.*)")
WORDS = re.compile(r'"(?:[^"\\]|\\.)*"|[()]|[^\s()]+')
FEW = [1, 2, 3, 5, 8, 30]


class World:
    """What a policy declares, and what the rules that are being written ask for."""

    def __init__(self, r):
        self.r, self.lines, self.accounts, self.dynamic, self.used, self.number = r, [], {}, {}, {}, 0

    def name(self, kind):
        self.number += 1
        return f"{kind}_{self.number}"

    def let(self, value):
        name = self.name("let")
        self.lines.append(f"let {name} = {value}")
        return name

    def set(self, kind, elements, dynamic):
        name, elements = self.name("set"), list(dict.fromkeys(elements))
        self.lines.append(f"set {name} : {kind} {f'dynamic max {len(elements) + 3} ' if dynamic else ''}= {{ {', '.join(elements)} }}")
        if dynamic:
            self.dynamic[name] = elements
        return name

    def account(self, r, attribute):
        text = f'{"user" if attribute.type == "uid" else "group"}("{r.choice(["web", "adm"])}")'
        self.accounts.setdefault(text, []).append(attribute)
        return text

    def use(self, attribute):
        self.used.update({one.name: one for one in attribute.parts or [attribute]})

    def assumptions(self):
        """Of a test: what dynamic sets hold and which ids accounts have; nothing said of a set: its first elements."""
        found = []
        for name, elements in self.dynamic.items():
            if self.r.one_in(3):
                found.append(f"{name} = {'unresolved' if self.r.one_in(3) else '{ ' + ', '.join(self.r.sample(elements, self.r.randrange(len(elements) + 1))) + ' }'}")
        for text, attributes in self.accounts.items():
            found.append(f"{text} = {'unresolved' if self.r.one_in(6) else self.r.choice(attributes).value(self.r)}")
        return " with " + ", ".join(found) if found else ""


def fit(one, other):
    """A word of 64 bits can hold the values of either."""
    return max(one.high, other.high) < 2 ** 63 or min(one.low, other.low) >= 0


class Hook:
    """One hook's rules and what they ask for. `tops`: of a rule's line, what joins its whole condition."""

    def __init__(self, r, world, name, own, everyone):
        self.r, self.world, self.name, self.own, self.everyone = r, world, name, own, everyone
        self.attributes = self.own * 3 + r.sample(everyone, 4)
        self.used, self.said, self.wholes = {}, [], []

    def atom(self):
        r = self.r
        if self.said and r.one_in(7):
            return r.choice(self.said)
        attribute = r.choice(self.attributes)
        self.world.use(attribute)
        numbers = [one for one in self.attributes if isinstance(one, Number) and one.type == attribute.type]
        if isinstance(attribute, Number) and r.one_in(12):
            numbers = [one for one in numbers if fit(one, attribute)]
            other = r.choice(numbers)
            self.world.use(other)
            return f"if({self.atom()}, {attribute.name}, {other.name}) {r.choice(['==', '<', '>='])} {attribute.constant(r)}"
        text = attribute.condition(r, self.world)
        if isinstance(attribute, Number) and r.one_in(12):
            other = r.choice([one for one in numbers if one is not attribute] or [attribute])
            if other is not attribute:
                self.world.use(other)
                other.seen += attribute.seen
                text = f"{attribute.name} {r.choice(['==', '!=', '<', '<=', '>', '>='])} {other.name}"
        if attribute.name.count(".") > 1 and attribute.name.startswith("arg.") and r.one_in(6):
            text = f"(exists({attribute.name}) and {text})"
        self.said.append(text)
        return text

    def condition(self, depth=0):
        r = self.r
        if depth < 3 and r.randrange(5) < 3:
            left, right = self.condition(depth + 1), self.condition(depth + 1)
            text = f"(({left}) {r.choice(['==', '!='])} ({right}))" if depth == 2 and r.one_in(8) else f"({left} {r.choice(['and', 'and', 'or'])} {right})"
        else:
            text = self.atom()
        return f"not ({text})" if r.one_in(6) else text

    def action(self):
        r = self.r
        message = f' audit "m{self.world.name("")}"' if r.one_in(3) else ""
        rate = f" rate {r.randrange(1, 9)}/{r.choice('smh')}" if r.one_in(8) else ""
        return r.choice([f"deny {r.choice(ERRNOS)}{message}{rate}", f"deny{rate}", f"deny {r.choice(ERRNOS)} quiet", f"deny {r.randrange(1, 3)}", f"allow{message}", "allow quiet", f"kill {r.choice(SIGNALS)}{rate}",
                         "kill", *10 * [f'audit "only {self.world.number}"{rate}'], "audit", "audit"])

    def whole(self):
        """A rule's condition: its own, that of a rule before, or part of such a one."""
        if self.wholes and self.r.one_in(6):
            before = self.r.choice(self.wholes)
            return before if self.r.one_in(2) else f"({before} and {self.atom()})"
        self.wholes.append(self.condition())
        return self.wholes[-1]

    def rule(self, condition=None):
        when = f"when {condition or self.whole()} " if condition or not self.r.one_in(60) else ""
        return f"on {self.name} {when}{self.action()}"

    def table(self):
        """Rules that differ in one number, address or path, so many that they are looked up."""
        r = self.r
        subjects = [one for one in self.own if one.type in ("path", "ip") or isinstance(one, Number)]
        if not subjects:
            return []
        subject = r.choice(subjects)
        self.world.use(subject)
        rest = [self.condition(2) for _ in range(3)]
        base = subject.literal(r) if isinstance(subject, Path) and r.one_in(2) else ""
        found = []
        for _ in range(r.choice([9, 70, 70]) if isinstance(subject, Path) else r.choice([25, 40])):
            if isinstance(subject, Path):
                one = f'~ "{texts.sibling(r, base)}"' if base and r.one_in(2) else r.choice([lambda: f"under {quoted(subject.literal(r))}", lambda: f"~ {subject.glob(r)}", lambda: f"== {quoted(subject.literal(r))}"])()
            elif subject.type == "ip":
                one = f"in {subject.network(r)}"
            else:
                one = f"{r.choice(['==', '==', '<', '>='])} {subject.constant(r)}"
            joined = f" and {r.choice(rest)}" if r.one_in(2) else ""
            found.append(f"on {self.name} when {subject.name} {one}{joined} {r.choice(['deny', 'deny EBUSY', 'allow', 'deny EACCES', 'kill SIGTERM'])}")
        return found

    def statements(self):
        r, world = self.r, self.world
        world.used = self.used
        lines = [self.rule() for _ in range(r.choice(FEW))]
        if r.one_in(3):
            at = r.randrange(len(lines) + 1)
            lines[at:at] = self.table()
        if r.one_in(3):
            at = r.randrange(len(lines))
            end = at + r.randrange(1, 6)
            inner = lines[at:end]
            if r.one_in(2):
                inner.append(f"on {self.name} default {self.action()}")
            inner = blocks.scoped(r, inner, self.condition(1))
            if r.one_in(3):
                inner = blocks.scoped(r, inner, self.condition(2))
            lines[at:end] = inner
        subjects = [one for one in self.own if one.type in blocks.TEMPLATED and hasattr(one, "seen")]
        if subjects and r.one_in(4):
            lines += self.templated(r.choice(subjects))
        if r.one_in(6):
            lines.append(f"on {self.name} default {self.action()}")
        return lines

    def templated(self, subject):
        template = blocks.Template(self.r, self.world.name("t"), self.name, subject, self.action())
        self.world.use(subject)
        euid = next(one for one in self.everyone if one.name == "euid")
        self.world.use(euid)
        self.world.lines += template.lines
        return [template.call(euid.constant(self.r)) for _ in range(self.r.randrange(1, 3))]

    def row(self):
        """Values by key; what hangs together is absent or unresolved together."""
        r = self.r
        values = {name: one.value(r) for name, one in sorted(self.used.items())}
        for kind, chance in (("behind", 8), ("absent", 10)):
            things = sorted({getattr(one, kind) for one in self.used.values() if getattr(one, kind)} - ({"cred"} if hooks.TOLD_BY_HELPERS & self.used.keys() else set()))
            if things and r.one_in(chance):
                thing = r.choice(things)
                for name, one in self.used.items():
                    if getattr(one, kind) == thing:
                        values[name] = "unresolved" if kind == "behind" else "absent"
                if thing == "file":
                    values["path"] = '""' if "path" in values else None
                break
        return {key: value for key, value in values.items() if value is not None}


def shared(r, world, found, everyone):
    """Rules on several hooks, by names or by a group of them, which ask for the acting task only."""
    own = Hook(r, world, ", ".join(one.name for one in found), [], everyone)
    world.used = own.used
    condition = own.condition(1)
    lines = []
    if r.one_in(2):
        first = found[0]
        world.used = first.used
        name = world.name("group")
        lines.append(f"group {name} = {first.name} when {first.condition(2)}, " + ", ".join(one.name for one in found[1:]))
        own.name = name
    world.used = own.used
    lines += [own.rule(condition if r.one_in(2) else own.condition(1)) for _ in range(r.randrange(1, 4))]
    for one in found:
        one.used.update(own.used)
    return lines


def story(r, world, hook, everyone):
    """A task executes programs, forks, and then calls the hook: what it runs and ran before is not said but done."""
    exe = next(one for one in everyone if one.name == "exe")
    script = f", script: {exe.value(r)}" if r.one_in(3) else ""
    lines = [f'test "story of {hook.name}"{world.assumptions()}', f"  given exec {{ path: {exe.value(r)} }}"]
    if r.one_in(2):
        lines.append("  given fork as child")
    lines.append(f"  given exec {{ path: {exe.value(r)}{script} }}")
    for _ in range(r.randrange(1, 3)):
        while "unresolved" in (row := hook.row()).values():  # a later step would find nothing there
            pass
        lines.append(f"  given {hook.name} {{ " + ", ".join(f"{key}: {value}" for key, value in row.items() if key not in hooks.DONE) + " } expect allow")
    return lines


def tests(r, world, found, events):
    lines = []
    for hook in found:
        if not hook.used:
            continue
        keys = sorted(hook.used)
        lines += [f'test "{hook.name}"{world.assumptions()}', f"  given {hook.name} {{}}", f"  cases {{ {', '.join(keys)} }}"]
        for _ in range(events):
            row = hook.row()
            lines.append("    { " + ", ".join(row[key] for key in keys) + " } expect allow")
    return lines


def policy(seed, events=20):
    r = Random(seed)
    world = World(r)
    everyone = [own(one) for one in hooks.actor()]
    names = list(dict.fromkeys(r.choices(sorted(hooks.HOOKS) + 3 * hooks.RICH, k=r.randrange(1, 4))))
    found = [Hook(r, world, name, hooks.attributes(name), everyone) for name in names]
    lines = [line for hook in found for line in hook.statements()]
    if len(found) > 1 and r.one_in(2):
        at = r.randrange(2) * len(lines)
        lines[at:at] = shared(r, world, found, everyone)
    asked = blocks.scope_asks(lines)
    for hook in found:
        hook.used.update({one.name: one for one in everyone if one.name in asked})
    head = [f"policy random_{seed}" + (" unresolved allow" if r.one_in(8) else "")]
    head += [f"attribute {name} : {type} on * = {value}" for name, type, value in hooks.OWN.values()]
    text = head + world.lines + lines
    told = tests(r, world, found, events)
    if events and not any(one.name.startswith("bprm_") for one in found):
        told += [line for hook in found for line in story(r, world, hook, everyone)]
    return "\n".join(text + told) + "\n", tops(text)


def tops(lines):
    """By line what joins the whole condition of a rule that stands by itself: its outcomes are not those of any one comparison. Not of hooks that are asked twice."""
    found = {}
    for number, line in enumerate(lines, 1):
        match = RULE.match(line)
        if match and match[1] not in hooks.TWO_PATHS and (top := joined(match[2])):
            found[number] = top
    return found


def joined(condition):
    """`and`, `or` or `not`, if that is what is done last."""
    if condition.startswith("not ("):
        return "not"
    depth = 0
    for word in WORDS.findall(condition):
        depth += (word == "(") - (word == ")")
        if depth == 1 and word in ("and", "or"):
            return word
        if depth == 0:
            return None
    return None


def own(attribute):
    if attribute.name in hooks.OWN:
        attribute.name = hooks.OWN[attribute.name][0]
    return attribute


if __name__ == "__main__":
    print(policy(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20)[0], end="")
