"""Attributes and raw fields of random policies: conditions on them, and values that lie on those conditions' edges or next to them."""
import ipaddress

import language_texts as texts
from language_texts import quoted

ORDER = ["==", "!=", "<", "<=", ">", ">="]


def spelled(r, number):
    return r.choice([hex(number), f"0o{number:o}"]) if number >= 0 and r.one_in(6) else str(number)


def listed(values):
    return "{ " + ", ".join(values) + " }"


class Attribute:
    """`type`: as the language has it. `behind`: what it hangs on with others, which are unresolved (or absent) together; None: it always has a value."""

    def __init__(self, name, type, behind=None, absent=None):
        self.name, self.type, self.behind, self.absent, self.seen, self.parts = name, type, behind, absent, [], []

    def among(self, r, elements, world, large, kinds, many=None):
        """`X in SET`: written out, declared, or of a size that is looked up, of `many`."""
        operator = r.choice(["in", "in", "not in"])
        count = large if r.one_in(6) else r.randrange(1, 4)
        chosen = [(many if many and count == large else elements)() for _ in range(count)]
        if kinds and (count > 3 or r.one_in(3)):
            kind = r.choice(kinds)
            return f"{self.name} {operator} {world.set(kind.removeprefix('dynamic '), chosen, kind.startswith('dynamic'))}"
        return f"{self.name} {operator} {listed(chosen)}"


class Number(Attribute):
    def __init__(self, name, type, constants, low=0, high=0xffffffff, behind=None, absent=None, like=None):
        super().__init__(name, type, behind, absent)
        self.constants, self.low, self.high, self.like = constants, low, high, like

    def constant(self, r):
        value = r.choice(self.seen) if self.seen and r.one_in(3) else r.choice(self.constants)
        value = min(max(value + (r.randrange(-2, 3) if r.one_in(3) else 0), self.low), self.high)
        self.seen.append(value)
        return value

    def element(self, r):
        first, second = sorted((self.constant(r), self.constant(r)))
        return f"{first}..{second}" if r.one_in(3) else spelled(r, second)

    def many(self, r):
        value = r.randrange(max(self.low, 0), self.high + 1) if r.one_in(2) else min(max(r.randrange(4000), self.low), self.high)
        self.seen.append(value)
        return str(value)

    def condition(self, r, world):
        kind = r.randrange(8)
        if kind < 3:
            operator, value = r.choice(ORDER), spelled(r, self.constant(r))
            if r.one_in(4):
                value = world.let(value)
            return f"{value} {operator} {self.name}" if r.one_in(4) else f"{self.name} {operator} {value}"
        if kind == 3:
            first, second = sorted((self.constant(r), self.constant(r)))
            return f"{self.name} {r.choice(['in', 'not in'])} {first}..{second}"
        if kind == 4 and self.like:
            world.use(self.like)
            self.seen += self.like.seen
            self.like.seen += self.seen
            return f"{self.name} {r.choice(ORDER)} {self.like.name}"
        if kind == 5 and self.low >= 0:
            mask = r.choice([1, 2, 3, 4, 0x80, self.high]) & self.high
            return f"{self.name} & {hex(mask)} {r.choice(['==', '!='])} {hex(r.choice([0, mask]))}"
        if kind == 6 and self.type in ("uid", "gid"):
            account = world.account(r, self)
            return f"{self.name} {r.choice(['==', '!=', '<'])} {account}" if r.one_in(2) else f"{self.name} {r.choice(['in', 'not in'])} {listed([account, self.element(r)])}"
        name = self.type if self.type in ("uid", "gid", "pid", "port") else "int"
        if r.one_in(6) and self.low >= 0:
            return self.among(r, lambda: str(self.constant(r)), world, 12, [f"dynamic {name}"])
        long = r.one_in(6)
        return self.among(r, (lambda: self.many(r)) if long else (lambda: self.element(r)), world, 60, [name])

    def value(self, r):
        number = (r.choice(self.seen) if self.seen else r.choice(self.constants)) + r.choice([-1, 0, 0, 0, 1])
        if r.one_in(8):
            number ^= 1 << r.randrange(self.high.bit_length())
        return str(min(max(number, self.low), self.high))


class Path(Attribute):
    """`known`: of a task's program, of which there are just tests by constants. `bare`: it may be "" or the root."""

    def __init__(self, name, behind=None, known=False, bare=False, like=None):
        super().__init__(name, "program" if known else "path", behind)
        self.known, self.bare, self.like = known, bare, like

    def literal(self, r):
        text = r.choice(self.seen) if self.seen and r.one_in(2) else texts.literal(r)
        if not texts.is_path(text):
            text = texts.literal(r)
        self.seen.append(text)
        return text

    def many(self, r):
        """One of so many that few are the same."""
        self.seen.append(texts.literal(r) + r.choice("abc") + str(r.randrange(10 ** r.randrange(3, 9))))
        return self.seen[-1]

    def glob(self, r):
        text, example = texts.glob(r)
        self.seen.append(example)
        return f'"{text}"'

    def condition(self, r, world):
        kind = r.randrange(9)
        if kind == 0:
            text = r.choice(["", "/"]) if self.bare and r.one_in(4) else self.literal(r)
            return f"{quoted(text)} {r.choice(['==', '!='])} {self.name}" if r.one_in(5) else f"{self.name} {r.choice(['==', '!='])} {quoted(text)}"
        if kind == 1:
            return f"{self.name} under {quoted('/' if r.one_in(12) else self.literal(r))}"
        if kind == 2:
            return self.among(r, lambda: quoted(self.literal(r)), world, 4 if self.known else 160, ["path"] if self.known else ["path", "dynamic path"], lambda: quoted(self.many(r)))
        if kind == 3:
            patterns = [self.glob(r), self.glob(r)] + ([f'"{texts.pattern(self.many(r))}"' for _ in range(160)] if r.one_in(6) and not self.known else [])
            return f"{self.name} {r.choice(['in', 'not in', '~'])} {world.set('glob', patterns, False)}"
        if kind == 4:
            return f"{self.name} {r.choice(['~', '!~'])} {listed([self.glob(r) for _ in range(r.randrange(1, 4))])}"
        if kind == 5 and self.like:
            world.use(self.like)
            self.like.seen += self.seen
            return f"{self.name} {r.choice(['==', '!='])} {self.like.name}"
        return f"{self.name} {r.choice(['~', '~', '!~'])} {self.glob(r)}"

    def value(self, r):
        if self.bare and r.one_in(10):
            return quoted(r.choice(["", "/"]))
        text = r.choice(self.seen) if self.seen and not r.one_in(6) else texts.literal(r)
        return quoted(texts.near(r, text if texts.is_path(text) else texts.literal(r)))


class Either(Path):
    """What holds for one of two paths; an event gives those."""

    def __init__(self, name, parts):
        super().__init__(name)
        self.parts = parts
        for one in parts:
            one.seen = self.seen


class Programs(Path):
    """ancestor.exe: several at once."""

    def value(self, r):
        return "{ " + ", ".join(super(Programs, self).value(r) for _ in range(2)) + " }" if r.one_in(3) else super().value(r)


class Word(Attribute):
    """A string of at most `most` bytes. `chosen`: defined by a choice with a constant, which no dynamic set is asked for."""

    def __init__(self, name, words, most=255, behind=None, absent=None, like=None, chosen=False):
        super().__init__(name, "string", behind, absent)
        self.words, self.most, self.like = [one for one in words if len(one) <= most], most, like
        self.kinds = ["string"] if chosen else ["string", "dynamic string"]

    def word(self, r):
        word = r.choice(self.words)
        self.seen.append(word)
        return word

    def glob(self, r):
        while True:
            text, example = texts.word_glob(r, self.word(r))
            if len(text) <= self.most:  # else it might match nothing, which is refused
                self.seen.append(example)
                return f'"{text}"'

    def many(self, r):
        word = self.word(r)
        self.seen.append((word[:self.most - 9] + r.choice("abc") + str(r.randrange(10 ** r.randrange(3, 8))))[:self.most])
        return quoted(self.seen[-1])

    def condition(self, r, world):
        kind = r.randrange(7)
        if kind == 0:
            return f"{self.name} {r.choice(['==', '!='])} {quoted(self.word(r))}"
        if kind == 1 and self.like:
            world.use(self.like)
            return f"{self.name} {r.choice(['==', '!='])} {self.like.name}"
        if kind == 2:
            return self.among(r, lambda: self.many(r) if r.one_in(2) else quoted(self.word(r)), world, 160, self.kinds, lambda: self.many(r))
        if kind == 3:
            return f"{self.name} {r.choice(['~', '!~'])} {listed([self.glob(r), self.glob(r)])}"
        return f"{self.name} {r.choice(['~', '!~'])} {self.glob(r)}"

    def value(self, r):
        word = r.choice(self.seen) if self.seen and not r.one_in(4) else r.choice(self.words)
        kind = r.randrange(6)
        if kind == 0 and word:
            at = r.randrange(len(word))
            word = word[:at] + chr((ord(word[at]) ^ 1 << r.randrange(8)) or 1) + word[at + 1:]
        elif kind == 1:
            word = word[:-1] if r.one_in(2) else word + "a"
        return quoted((word or self.words[0])[:self.most])


class Flags(Attribute):
    def __init__(self, name, type, words, settable=None, behind=None, absent=None):
        super().__init__(name, type, behind, absent)
        self.words, self.settable = words, settable or words

    def condition(self, r, world):
        chosen = r.choice(self.seen) if self.seen and r.one_in(3) else r.sample(self.words, r.randrange(1, min(3, len(self.words)) + 1))
        self.seen.append(chosen)
        mask = "|".join(chosen)
        kind = r.randrange(6)
        if kind == 4:
            return f"{self.name} {r.choice(['==', '!='])} {mask}"
        if kind == 5:
            return f"{self.name} & ({mask}) {r.choice(['==', '!='])} {r.choice(chosen)}"
        return f"{self.name} {['has', 'has any'][kind % 2]} {mask}"

    def value(self, r):
        chosen = set(r.choice(self.seen)) & set(self.settable) if self.seen else set()
        chosen ^= set(r.sample(self.settable, r.randrange(3)))
        return "|".join(one for one in self.settable if one in chosen) or self.settable[0]


class Constant(Attribute):
    """A number of which the language knows names."""

    def __init__(self, name, type, words, behind=None):
        super().__init__(name, type, behind)
        self.words = words

    def condition(self, r, world):
        if r.one_in(2):
            return f"{self.name} {r.choice(ORDER)} {r.choice(self.words)}"
        return f"{self.name} {r.choice(['in', 'not in'])} {listed(r.sample(self.words, 2))}"

    def value(self, r):
        return r.choice(self.words)


class Address(Attribute):
    NETWORKS = ["10.0.0.0/8", "10.1.0.0/17", "192.0.2.0/24", "203.0.113.7/32", "198.51.100.128/25", "198.51.100.128/31", "0.0.0.0/0", "2001:db8::/32", "2001:db8:1::/48", "2001:db8::/65",
                "2001:db8::8000:0:0:0/66", "fe80::1/128", "::/0", "fe80::/10", "2001:db8::fffe/127", "::/96"]

    def __init__(self, name, behind=None, absent=None, like=None):
        super().__init__(name, "ip", behind, absent)
        self.like = like

    def network(self, r):
        network = r.choice(self.seen) if self.seen and r.one_in(3) else ipaddress.ip_network(r.choice(self.NETWORKS))
        if r.one_in(4):
            network = ipaddress.ip_network((network.network_address, min(network.prefixlen + r.randrange(1, 9), network.max_prefixlen)))
        self.seen.append(network)
        return str(network)

    def many(self, r):
        length = r.choice([24, 25, 31, 32, 48, 64, 120, 128])
        bits = 32 if length <= 32 else 128
        number = r.getrandbits(bits) >> (bits - length) << (bits - length)
        self.seen.append(ipaddress.ip_network((number if bits == 32 else ipaddress.IPv6Address(number), length)))
        return str(self.seen[-1])

    def condition(self, r, world):
        kind = r.randrange(6)
        if kind == 0:
            return f"{self.name} {r.choice(['==', '!='])} {self.network(r).split('/')[0]}"
        if kind == 1 and self.like:
            world.use(self.like)
            self.seen += self.like.seen
            self.like.seen += self.seen
            return f"{self.name} {r.choice(['==', '!='])} {self.like.name}"
        if kind == 2:
            return f"{self.name} {r.choice(['in', 'not in'])} {self.network(r)}"
        many = r.one_in(4)
        return self.among(r, lambda: self.many(r) if many else self.network(r), world, 60, ["cidr", "dynamic cidr"])

    def value(self, r):
        network = r.choice(self.seen) if self.seen else ipaddress.ip_network(r.choice(self.NETWORKS))
        number = int(r.choice([network.network_address, network.broadcast_address])) + r.choice([-1, 0, 0, 1])
        if r.one_in(8):
            number ^= 1 << r.randrange(network.max_prefixlen)
        number = min(max(number, 0), 2 ** network.max_prefixlen - 1)
        if network.version == 6:
            return ipaddress.IPv6Address(number).exploded
        return f"::ffff:{ipaddress.IPv4Address(number)}" if r.one_in(6) else str(ipaddress.IPv4Address(number))


class Truth(Attribute):
    def __init__(self, name, behind=None):
        super().__init__(name, "bool", behind)

    def condition(self, r, world):
        return r.choice([self.name, self.name, f"{self.name} == {r.choice(['true', 'false'])}", f"{self.name} != {r.choice(['true', 'false'])}"])

    def value(self, r):
        return r.choice(["true", "false"])


class Pointer(Attribute):
    """Given as null only: an event has no other way to say where one leads."""

    def __init__(self, name, behind=None):
        super().__init__(name, "pointer", behind)

    def condition(self, r, world):
        return f"{self.name} {r.choice(['==', '!='])} null"

    def value(self, r):
        return "null"
