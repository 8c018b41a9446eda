"""A policy of many rules over addresses, ports and users, and calls at their edges. Usage: many_numbers.py RULES CALLS SEED NAME

Writes NAME.lsmp, with RULES rules over each of the three, and NAME.answers: `RESULT connect UID ADDRESS PORT` or `RESULT open UID PATH`, where RESULT is the errno of the
first rule that matches, or `ok`. Half of the numbers are beside a rule's ends."""
import ipaddress
import random
import sys

# What these calls do not end with by themselves.
ERRNOS = ["EIO", "ENXIO", "EBUSY", "EXDEV", "ENODEV", "ENFILE", "ENOTTY", "ETXTBSY", "EFBIG", "ENOSPC", "ESPIPE", "EROFS", "EMLINK", "EDOM", "ERANGE", "EDEADLK",
          "ENOLCK", "EUSERS"]
UIDS = [0, 7]
PATHS = ["/t/open", "/t/locked1", "/t/locked2"]
MAPPED = 0xFFFF << 32


def address(number):
    return str(ipaddress.ip_address(number - MAPPED)) if number >> 32 == 0xFFFF else str(ipaddress.IPv6Address(number))


class Addresses:
    """Few enough that networks lie in one another."""
    attribute = "addr"
    bases = [MAPPED | 0x0A000000, MAPPED | 0x0A010000, MAPPED | 0xC0A80000, 0x20010DB8 << 96, 0x20010DB8_00070000 << 64]

    def __init__(self, source):
        self.source = source

    def span(self):
        base, bits = self.source.choice(self.bases), self.source.choice([0, 0, 1, 2, 4, 4, 6, 8, 10, 13])
        low = (base | self.source.getrandbits(16 if base >> 32 == 0xFFFF else 18)) >> bits << bits
        return low, low + (1 << bits) - 1

    def text(self, span):
        width, first = (32 if span[0] >> 32 == 0xFFFF else 128), address(span[0])
        prefix = width - (span[1] - span[0]).bit_length()
        return first if prefix == width else f"{first}/{prefix}"


class Numbers:
    def __init__(self, source, attribute, low, high, widths):
        self.source, self.attribute, self.low, self.high, self.widths = source, attribute, low, high, widths

    def span(self):
        low = self.source.randint(self.low, self.high)
        return low, min(low + self.source.choice(self.widths), self.high)

    def text(self, span):
        return str(span[0]) if span[0] == span[1] else f"{span[0]}..{span[1]}"


def test_of(source, kind, spans):
    """In one of the forms in which the language says it."""
    texts, name = [kind.text(span) for span in spans], kind.attribute
    if len(spans) > 1:
        return f"{name} in {{{', '.join(texts)}}}" if source.random() < 0.7 else "(" + " or ".join(test_of(source, kind, [span]) for span in spans) + ")"
    if isinstance(kind, Numbers) and spans[0][0] != spans[0][1] and source.random() < 0.5:
        return f"{name} >= {spans[0][0]} and {name} < {spans[0][1] + 1}"
    if "/" in texts[0] or ".." in texts[0]:
        return f"{name} in {texts[0]}" if source.random() < 0.6 else f"{name} in {{{texts[0]}}}"
    return f"{name} == {texts[0]}" if source.random() < 0.8 else f"{name} in {{{texts[0]}}}"


class Rules:
    """Of one hook, in order: (what they look at, spans, condition, action)."""

    def __init__(self, source, hook, conditions):
        self.source, self.hook, self.conditions, self.rules, self.lines = source, hook, conditions, [], []

    def add(self, kind, count):
        for _ in range(count):
            spans = [kind.span() for _ in range(1 if self.source.random() < 0.85 else self.source.randint(2, 40 if self.source.random() < 0.05 else 4))]
            condition = self.source.choice(self.conditions) if self.source.random() < 0.35 else None
            action = "allow" if self.source.random() < 0.25 else self.source.choice(ERRNOS)
            test, says = test_of(self.source, kind, spans), "allow" if action == "allow" else f"deny {action} quiet"
            self.lines.append(f"on {self.hook} when {condition[0] + ' and ' if condition else ''}{test} {says}\n")
            self.rules.append((kind.attribute, spans, condition, action))

    def near(self, kind):
        """A number at the end of a rule's span, beside it or in it."""
        low, high = self.source.choice(self.source.choice([rule for rule in self.rules if rule[0] == kind.attribute])[1])
        return self.source.choice([low - 1, low, self.source.randint(low, high), high, high + 1])

    def answer(self, values):
        for attribute, spans, condition, action in self.rules:
            if any(low <= values[attribute] <= high for low, high in spans) and (condition is None or condition[1](values)):
                return "ok" if action == "allow" else action
        return "ok"


def connects(source, count, calls):
    rules = Rules(source, "socket_connect", [("uid == 7", lambda at: at["uid"] == 7), ("uid != 7", lambda at: at["uid"] != 7), ("family == AF_INET6", lambda at: at["six"])])
    addresses, ports = Addresses(source), Numbers(source, "port", 1000, 60000, [0, 0, 0, 1, 9, 200])
    rules.add(addresses, count)
    rules.add(ports, count)
    lines = []
    for _ in range(calls):
        number, port = rules.near(addresses), rules.near(ports)
        is_v4 = number >> 32 == 0xFFFF
        shown, mapped = address(number), is_v4 and source.random() < 0.1
        values = {"uid": source.choice(UIDS), "addr": number, "port": port, "six": mapped or not is_v4}
        lines.append(f"{rules.answer(values)} connect {values['uid']} {'::ffff:' if mapped else ''}{shown} {port}\n")
    return rules.lines, lines


def opens(source, count, calls):
    rules = Rules(source, "file_open", [('path ~ "/t/locked*"', lambda at: "locked" in at["path"]), ('path == "/t/open"', lambda at: at["path"] == "/t/open")])
    users = Numbers(source, "uid", 1000, 400000, [0, 0, 0, 1, 20, 3000])
    rules.add(users, count)
    lines = []
    for _ in range(calls):
        values = {"uid": rules.near(users), "path": source.choice(PATHS)}
        lines.append(f"{rules.answer(values)} open {values['uid']} {values['path']}\n")
    return rules.lines, lines


def main(count, calls, seed, name):
    source, policy, answers = random.Random(seed), [], []
    for part in (connects, opens):
        lines, called = part(source, count, calls)
        policy += lines
        answers += called
    open(name + ".lsmp", "w").writelines(policy)
    open(name + ".answers", "w").writelines(answers)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
