"""Attributes of real calls: conditions on them, values near those, and whether a condition holds. What holds is for the counts and for the choice of events only;
the answers are those of `lsmpc test`."""
import ipaddress
import re

MODES = {"S_IRUSR": 0o400, "S_IWUSR": 0o200, "S_IXUSR": 0o100, "S_IRGRP": 0o40, "S_IWOTH": 0o2, "S_IXOTH": 0o1}
CAPS = {"CAP_SYS_MODULE": 16, "CAP_SYS_BOOT": 22, "CAP_SYS_TIME": 25, "CAP_MKNOD": 27}
SIGNALS = {"SIGHUP": 1, "SIGINT": 2, "SIGUSR1": 10, "SIGUSR2": 12, "SIGTERM": 15}
ACCESS = {"r": "read", "w": "write", "a": "append", "c": "create", "t": "truncate"}
OPEN = {"n": "O_NONBLOCK", "a": "O_APPEND", "s": "O_SYNC"}
LETTERS = {"access": ["r", "w", "b", "wa", "ba", "rc", "wc", "wt", "bt", "wct", "wat", "bca"], "flags": ["r", "rn", "rs", "wa", "wan", "ws", "was", "bns", "bans"]}
NAMES = ["a", "b", "ab", "c.d", "x1", "index.html"]
FAR = ["10.0.0.0/8", "10.1.2.0/24", "192.0.2.128/25", "192.0.2.7/32", "fd00:1::/32", "fd00:1:2::/48", "fd00::5/128"]
NEAR = ["127.0.0.0/8", "127.0.0.128/25", "127.1.0.0/16", "127.0.0.1/32", "::1/128"]


class Condition:
    """`atoms`: (operator, names, holds) of each comparison in it."""

    def __init__(self, text, names, holds, atoms):
        self.text, self.names, self.holds, self.atoms = text, names, holds, atoms


def atom(name, operator, right, holds):
    return Condition(f"{name} {operator} {right}", {name}, lambda event: holds(event[name]), [(operator, lambda event: holds(event[name]))])


def joined(word, left, right, holds):
    return Condition(f"({left.text} {word} {right.text})", left.names | right.names, holds, [(word, holds)] + left.atoms + right.atoms)


def both(left, right):
    return joined("and", left, right, lambda event: left.holds(event) and right.holds(event))


def either(left, right):
    return joined("or", left, right, lambda event: left.holds(event) or right.holds(event))


def negated(one):
    return Condition(f"not ({one.text})", one.names, lambda event: not one.holds(event), [("not", lambda event: not one.holds(event))] + one.atoms)


def quoted(text):
    return f'"{text}"'


def listed(values):
    return "{" + ", ".join(values) + "}"


def comparison(operator, right):
    return {"==": lambda value: value == right, "!=": lambda value: value != right, "<": lambda value: value < right, "<=": lambda value: value <= right, ">": lambda value: value > right,
            ">=": lambda value: value >= right}[operator]


def matcher(glob):
    marks = {"**": ".*", "*": "[^/]*", "?": "[^/]", "{": "(", "}": ")", ",": "|"}
    parts = re.split(r"(\*\*|\*|\?|\[a-m\]|[{},])", glob)
    return re.compile("".join(marks.get(part, part if part == "[a-m]" else re.escape(part)) for part in parts)).fullmatch


def globbed(name, r, glob):
    fits = matcher(glob)
    operator = r.choice(["~", "~", "!~"])
    return atom(name, operator, quoted(glob), lambda value: bool(fits(value)) == (operator == "~"))


def of_several(name, r, chosen, text=str):
    operator = r.choice(["in", "not in"])
    return atom(name, operator, listed([text(one) for one in chosen]), lambda value: (value in chosen) == (operator == "in"))


class Attribute:
    def __init__(self, name, constants):
        self.name, self.constants, self.seen = name, constants, []


class Number(Attribute):
    def __init__(self, name, constants, low=0, high=0xfffffffe):
        super().__init__(name, constants)
        self.low, self.high = low, high

    def condition(self, r):
        first, second = sorted(r.choices(self.constants, k=2))
        self.seen += [first, second]
        kind = r.randrange(4)
        if kind == 0:
            operator = r.choice(["in", "not in"])
            return atom(self.name, operator, f"{first}..{second}", lambda value: (first <= value <= second) == (operator == "in"))
        if kind == 1:
            return of_several(self.name, r, sorted({first, second}))
        operator = r.choice(["==", "!=", "<", "<=", ">", ">="])
        return atom(self.name, operator, first, comparison(operator, first))

    def value(self, r):
        near = r.choice(self.seen or self.constants) + r.choice([-1, 0, 0, 0, 1])
        return min(max(near, self.low), self.high)


class Flags(Attribute):
    """A set of words. `always`: a word that is in each."""

    def __init__(self, name, known, always=None):
        super().__init__(name, sorted(known))
        self.always = always

    def condition(self, r):
        chosen = r.sample(self.constants, r.randrange(1, 3))
        operator = r.choice(["has", "has any", "=="] if self.name == "file.mode" else ["has", "has any"])
        self.seen.append(chosen)
        holds = {"has": lambda value: set(chosen) <= set(value), "has any": lambda value: bool(set(chosen) & set(value)), "==": lambda value: set(chosen) == set(value)}[operator]
        return atom(self.name, operator, "|".join(chosen), holds)

    def value(self, r):
        chosen = set(r.choice(self.seen)) if self.seen else set()
        chosen ^= set(r.sample(self.constants, r.randrange(0, 3)))
        return sorted(chosen | {self.always} if self.always else chosen or {self.constants[0]})


class Capabilities(Flags):
    def __init__(self, name):
        super().__init__(name, CAPS)


class Letters(Attribute):
    """What an open asks for: values are the letters that `act` takes."""

    def __init__(self, name, known):
        super().__init__(name, sorted(known.values()))

    def condition(self, r):
        chosen = r.sample(self.constants, r.randrange(1, 3))
        operator = r.choice(["has", "has any", "=="] if self.name == "access" else ["has", "has any"])
        holds = {"has": lambda value: set(chosen) <= meant(self.name, value), "has any": lambda value: bool(set(chosen) & meant(self.name, value)),
                 "==": lambda value: set(chosen) == meant(self.name, value)}[operator]
        return atom(self.name, operator, "|".join(chosen), holds)

    def value(self, r):
        return r.choice(LETTERS[self.name])


def meant(name, letters):
    known = ACCESS if name == "access" else {**OPEN, "w": "O_WRONLY", "b": "O_RDWR"}
    found = {known[letter] for letter in letters if letter in known}
    return found | {"read", "write"} if name == "access" and "b" in letters else found


class Word(Attribute):
    def glob(self, r, word):
        return r.choice([word[:1] + "*", "*" + word[-1:], word + "?", word[:-1] + "[a-m]"])

    def condition(self, r):
        word = r.choice(self.constants)
        self.seen.append(word)
        kind = r.randrange(3)
        if kind == 0:
            return globbed(self.name, r, self.glob(r, word))
        if kind == 1:
            return of_several(self.name, r, r.sample(self.constants, 2), quoted)
        operator = r.choice(["==", "!="])
        return atom(self.name, operator, quoted(word), comparison(operator, word))

    def value(self, r):
        word = r.choice(self.seen or self.constants)
        return word[:-1] + r.choice("ab") if r.randrange(4) == 0 and len(word) > 1 else word


class Path(Attribute):
    """Below /j."""

    def __init__(self, name):
        super().__init__(name, NAMES)

    def some(self, r):
        return "/j" + "".join("/" + r.choice(NAMES) for _ in range(r.randrange(1, 4)))

    def condition(self, r):
        path, kind = self.some(r), r.randrange(4)
        self.seen.append(path)
        if kind == 0:
            return atom(self.name, "under", quoted(path), lambda value: (value + "/").startswith(path + "/"))
        if kind == 1:
            self.seen.append(self.some(r))
            return of_several(self.name, r, [path, self.seen[-1]], quoted)
        if kind == 2:
            return globbed(self.name, r, r.choice([path + "/*", path + "/**", path[:-1] + "?", path[:-1] + "[a-m]", path + "*", "/**/" + r.choice(NAMES), "/j/*/" + r.choice(NAMES), path + "/{a,x1}",
                                                   path[:-1] + "{a,b,d}"]))
        operator = r.choice(["==", "!="])
        return atom(self.name, operator, quoted(path), comparison(operator, path))

    def value(self, r):
        text = r.choice(self.seen) if self.seen and r.randrange(6) else self.some(r)
        for _ in range(r.randrange(3)):
            kind = r.randrange(3)
            if kind == 0:
                text += "/" + r.choice(NAMES)
            elif kind == 1 and text.count("/") > 2:
                text = text[:text.rindex("/")]
            elif text[-1] != "/" and len(text) > 3:
                at = r.randrange(3, len(text))
                text = text[:at] + r.choice("abdz1") + text[at + 1:] if text[at] != "/" else text
        return text


class Program(Word):
    """The program that acts: copies of `act`."""

    PLACES = ["/p/a", "/p/b", "/p/ab", "/p/s/a", "/p/s/b"]

    def __init__(self, name):
        super().__init__(name, self.PLACES)

    def glob(self, r, word):
        return r.choice(["/p/*", "/p/**/a", "/p/s/**", "/**/b", "/p/?", word[:-1] + "[a-m]"])

    def value(self, r):
        return r.choice(self.PLACES)


class Constant(Attribute):
    def condition(self, r):
        if r.randrange(2):
            return of_several(self.name, r, r.sample(self.constants, 2))
        word, operator = r.choice(self.constants), r.choice(["==", "!="])
        return atom(self.name, operator, word, comparison(operator, word))

    def value(self, r):
        return r.choice(self.constants)


class Family(Constant):
    def __init__(self, name):
        super().__init__(name, ["AF_INET", "AF_INET6"])


def family(address):
    return "AF_INET6" if ":" in address else "AF_INET"


def plain(address):
    """IPv4 in IPv6 is that IPv4 address to the rules."""
    found = ipaddress.ip_address(address)
    return getattr(found, "ipv4_mapped", None) or found


class Address(Attribute):
    def condition(self, r):
        network = r.choice(self.constants)
        self.seen.append(network)
        if r.randrange(3) == 0:
            one, operator = network.split("/")[0], r.choice(["==", "!="])
            return atom(self.name, operator, one, lambda value: comparison(operator, ipaddress.ip_address(one))(plain(value)))
        chosen, operator = [network] + r.sample(self.constants, r.randrange(2)), r.choice(["in", "not in"])
        self.seen += chosen[1:]
        return atom(self.name, operator, listed(chosen) if chosen[1:] else network, lambda value: any(plain(value) in ipaddress.ip_network(one) for one in chosen) == (operator == "in"))

    def value(self, r):
        """Of those to bind to, what this host has: 127.0.0.0/8, ::1 and ::."""
        network = ipaddress.ip_network(r.choice(self.seen or self.constants))
        number = int(r.choice([network.network_address, network.broadcast_address])) + r.choice([-1, 0, 0, 1])
        if network.version == 6:
            return str(ipaddress.IPv6Address(number if self.constants is FAR else number % 2))
        number = min(max(number, 127 << 24), (128 << 24) - 1) if self.constants is NEAR else number
        address = str(ipaddress.IPv4Address(number))
        return f"::ffff:{address}" if r.randrange(4) == 0 else address


def written(name, value):
    """As a test's row has it."""
    if name in LETTERS:
        return "|".join(sorted(meant(name, value))) or "0"
    if isinstance(value, list):
        return "|".join(value) or "0"
    if name == "addr":
        return ipaddress.ip_address(value).exploded
    return quoted(value) if name in ("comm", "target.comm", "path", "old_path", "new_path", "exe") else str(value)
