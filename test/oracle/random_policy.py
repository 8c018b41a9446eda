"""Policies made from a number: random rules over the language, and for each of their hooks a test with a table of events, whose values lie on the rules' edges
and one byte or number off them. The expectations say nothing of the answer (each allows); what is asked of `lsmpc test` is whether the compiled code and the
rules' text agree.

random_policy.py SEED [EVENTS] prints one."""
import ipaddress
import random
import sys

FOLDERS = ["/etc", "/srv/www", "/home/ann", "/var/lib/x", "/usr/bin", "/tmp", "/opt/app/v1"]
NAMES = ["passwd", "a", "conf.d", "index.html", "x", "data", "file12.conf", ".ssh", "Z"]
COMMS = ["nginx", "sshd", "sh", "postgres", "worker-1", "a"]
ERRNOS = ["EPERM", "EACCES", "EROFS", "ENOENT", "EBUSY"]
SIGNALS = ["SIGKILL", "SIGTERM", "SIGSTOP", "SIGUSR1"]
CAPS = ["CAP_KILL", "CAP_SYS_ADMIN", "CAP_NET_ADMIN", "CAP_SYS_MODULE", "CAP_CHOWN"]


class Random(random.Random):
    def one_in(self, count):
        return self.randrange(count) == 0


def path(r):
    return r.choice(FOLDERS) + "".join("/" + r.choice(NAMES) for _ in range(r.randrange(3)))


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def glob(r):
    base = path(r)
    return r.choice([base + "/*", base + "/**", "/**/" + r.choice(NAMES), base[:-1] + "?", base + "/{" + ",".join(r.sample(NAMES, 2)) + "}", "/*/" + r.choice(NAMES) + "/**",
                     base[:-1] + "[a-m]", base + "*", "/srv/**/file1?.conf"])


class Path:
    """A path attribute: conditions and values near them."""

    def __init__(self, name, fact=False):
        self.name, self.fact, self.seen = name, fact, []

    def condition(self, r):
        kind = r.randrange(6)
        literal = path(r)
        self.seen.append(literal)
        if kind == 0:
            return f"{self.name} {r.choice(['==', '!='])} {quoted(literal)}"
        if kind == 1:
            return f"{self.name} under {quoted(literal)}"
        if kind == 2:
            other = path(r)
            self.seen.append(other)
            return f"{self.name} {r.choice(['in', 'not in'])} {{{quoted(literal)}, {quoted(other)}}}"
        pattern = glob(r)
        self.seen.append(pattern.replace("/**", "/q/r").replace("*", "z").replace("?", "y").replace("[a-m]", "c").split("{")[0] + (pattern.split("{")[1].split(",")[0] if "{" in pattern else ""))
        if kind == 3:
            second = glob(r)
            return f"{self.name} ~ {{{quoted(pattern)}, {quoted(second)}}}"
        return f"{self.name} {r.choice(['~', '~', '!~'])} {quoted(pattern)}"

    def value(self, r):
        text = r.choice(self.seen) if self.seen and not r.one_in(6) else path(r)
        for _ in range(r.randrange(3)):
            kind = r.randrange(4)
            if kind == 0:
                text += "/" + r.choice(NAMES)
            elif kind == 1 and text.count("/") > 1:
                text = text[:text.rindex("/")]
            elif kind == 2:
                at = r.randrange(1, len(text)) if len(text) > 1 else 0
                if at and text[at] != "/":
                    text = text[:at] + r.choice("abyz1.") + text[at + 1:]
        if "/./" in text + "/" or "/../" in text + "/":
            text = path(r)
        return quoted(text)


class Number:
    def __init__(self, name, constants, low=0, high=0xffffffff):
        self.name, self.constants, self.low, self.high, self.seen = name, constants, low, high, []

    def constant(self, r):
        value = r.choice(self.constants)
        self.seen.append(value)
        return value

    def condition(self, r):
        kind = r.randrange(4)
        if kind == 0:
            return f"{self.name} {r.choice(['==', '!=', '<', '<=', '>', '>='])} {self.constant(r)}"
        if kind == 1:
            first, second = sorted((self.constant(r), self.constant(r)))
            return f"{self.name} {r.choice(['in', 'not in'])} {first}..{second}"
        values = sorted({self.constant(r) for _ in range(r.randrange(1, 5))})
        return f"{self.name} {r.choice(['in', 'not in'])} {{{', '.join(map(str, values))}}}"

    def value(self, r):
        near = (r.choice(self.seen) if self.seen else r.choice(self.constants)) + r.choice([-1, 0, 0, 0, 1])
        return str(min(max(near, self.low), self.high))


class Flags:
    def __init__(self, name, words, settable=None):
        self.name, self.words, self.settable = name, words, settable or words

    def condition(self, r):
        chosen = r.sample(self.words, r.randrange(1, min(3, len(self.words)) + 1))
        kind = r.randrange(3)
        return f"{self.name} {['has', 'has any', '=='][kind]} {'|'.join(chosen)}"

    def value(self, r):
        return "|".join(r.sample(self.settable, r.randrange(1, len(self.settable) + 1)))


class Word:
    """A string."""

    def __init__(self, name, words):
        self.name, self.words = name, words

    def condition(self, r):
        word = r.choice(self.words)
        return r.choice([f"{self.name} == {quoted(word)}", f"{self.name} != {quoted(word)}", f"{self.name} ~ {quoted(word[:1] + '*')}", f"{self.name} ~ {quoted('*' + word[-1:])}",
                         f"{self.name} in {{{', '.join(quoted(one) for one in r.sample(self.words, 2))}}}"])

    def value(self, r):
        word = r.choice(self.words)
        return quoted(word[:-1] + r.choice("ab") if r.one_in(4) and len(word) > 1 else word)


class Constant:
    def __init__(self, name, words):
        self.name, self.words = name, words

    def condition(self, r):
        if r.one_in(2):
            return f"{self.name} {r.choice(['==', '!='])} {r.choice(self.words)}"
        return f"{self.name} {r.choice(['in', 'not in'])} {{{', '.join(r.sample(self.words, 2))}}}"

    def value(self, r):
        return r.choice(self.words)


class Address:
    NETWORKS = ["10.0.0.0/8", "192.0.2.0/24", "203.0.113.7/32", "198.51.100.128/25", "2001:db8::/32", "2001:db8:1::/48", "fe80::1/128", "0.0.0.0/0"]

    def __init__(self, name):
        self.name, self.seen = name, []

    def condition(self, r):
        network = r.choice(self.NETWORKS)
        self.seen.append(network)
        if r.one_in(3):
            return f"{self.name} {r.choice(['==', '!='])} {network.split('/')[0]}"
        return f"{self.name} {r.choice(['in', 'not in'])} {r.choice([network, '{' + network + ', ' + r.choice(self.NETWORKS) + '}'])}"

    def value(self, r):
        if r.one_in(12):
            return "absent"
        network = ipaddress.ip_network(r.choice(self.seen or self.NETWORKS))
        number = int(r.choice([network.network_address, network.broadcast_address])) + r.choice([-1, 0, 0, 1])
        number = min(max(number, 0), 2 ** network.max_prefixlen - 1)
        address = ipaddress.ip_address(number) if network.version == 4 and number < 2 ** 32 else ipaddress.IPv6Address(number)
        return str(ipaddress.IPv4Address(number)) if network.version == 4 else address.exploded if address.ipv4_mapped or int(address) < 2 ** 32 else str(address)


class Truth:
    def __init__(self, name):
        self.name = name

    def condition(self, r):
        return self.name

    def value(self, r):
        return r.choice(["true", "false"])


class Set:
    """Membership in a set that is declared apart, which may be dynamic."""

    def __init__(self, attribute, name):
        self.attribute, self.name, self.set = attribute, attribute.name, name

    def condition(self, r):
        return f"{self.attribute.name} {r.choice(['in', 'in', 'not in'])} {self.set}"

    def value(self, r):
        return self.attribute.value(r)


def actor():
    return [Number("uid", [0, 33, 1000, 65534]), Number("euid", [0, 33, 1000]), Number("gid", [0, 5, 100]), Word("comm", COMMS), Path("exe", True), Flags("caps", CAPS), Number("pid", [2, 1000, 4194303], 2),
            Number("loginuid", [1000, 4294967295]), Path("cgroup"), Truth("container"), Path("parent.exe", True), Number("parent.uid", [0, 1000]), Word("parent.comm", COMMS)]


ACCESS = ["read", "write", "exec", "append", "create", "truncate"]
FILE = lambda: [Number("file.owner", [0, 33, 1000]), Number("file.group", [0, 100]), Number("file.size", [0, 4096, 1 << 20]), Number("file.nlink", [1, 2]),
                Flags("file.mode", ["S_IRUSR", "S_IWUSR", "S_IXOTH", "S_ISUID"]), Number("file.ino", [2, 100])]
HOOKS = {
    "file_open": lambda: [Path("path"), Path("path"), Flags("access", ACCESS)] + FILE(),
    "file_permission": lambda: [Path("path"), Flags("access", ["read", "write", "append"])],
    "path_unlink": lambda: [Path("path"), Path("path"), Number("file.owner", [0, 33])],
    "path_mkdir": lambda: [Path("path")],
    "path_rename": lambda: [Path("old_path"), Path("new_path")],
    "inode_setattr": lambda: FILE(),
    "socket_connect": lambda: [Address("addr"), Address("addr"), Number("port", [0, 22, 80, 443, 8080, 65535], 0, 65535)],
    "socket_bind": lambda: [Address("addr"), Number("port", [0, 80, 1024, 65535], 0, 65535)],
    "task_kill": lambda: [Constant("signal", SIGNALS + ["SIGHUP"]), Word("target.comm", COMMS), Number("target.uid", [0, 1000]), Number("target.pid", [2, 77], 2), Path("target.exe", True)],
    "capable": lambda: [Constant("cap", CAPS)],
    "bprm_check_security": lambda: [Path("path"), Number("file.owner", [0, 33])],
}


def condition(r, attributes, used, depth=0):
    if depth < 3 and r.randrange(5) < 3:
        left, right = condition(r, attributes, used, depth + 1), condition(r, attributes, used, depth + 1)
        text = f"({left} {r.choice(['and', 'and', 'or'])} {right})"
    else:
        attribute = r.choice(attributes)
        used[attribute.name] = attribute
        text = attribute.condition(r)
    return f"not ({text})" if r.one_in(6) else text


def action(r, number):
    message = f' audit "m{number}"' if r.one_in(3) else ""
    return r.choice([f"deny {r.choice(ERRNOS)}{message}", "deny", f"deny {r.choice(ERRNOS)} quiet", f"allow{message}", f"kill {r.choice(SIGNALS)}", f'audit "only {number}"'])


def policy(seed, events=20):
    r = Random(seed)
    text, tests = [f"policy random_{seed}" + (" unresolved allow" if r.one_in(8) else ""), "use std.net", ""], []
    number = 0
    for hook in r.sample(sorted(HOOKS), r.randrange(1, 4)):
        own = HOOKS[hook]()
        attributes = own * 3 + r.sample(actor(), 3)
        sets = []
        if r.one_in(3):
            addresses = [one for one in own if isinstance(one, Address)]
            numbers = [one for one in own if isinstance(one, Number)]
            if addresses:
                name, chosen = f"nets_{number}", r.sample(Address.NETWORKS, 3)
                sets.append(f"set {name} : cidr {'dynamic max 10 ' if r.one_in(2) else ''}= {{ {', '.join(chosen)} }}")
                addresses[0].seen += chosen
                attributes.append(Set(addresses[0], name))
            elif numbers:
                name, chosen = f"numbers_{number}", sorted(set(r.choices(numbers[0].constants, k=3)))
                sets.append(f"set {name} : {'port' if numbers[0].name == 'port' else 'int'} = {{ {', '.join(map(str, chosen))} }}")
        used = {}
        rules = []
        for _ in range(r.choice([1, 2, 3, 5, 8, 30])):
            number += 1
            when = f"when {condition(r, attributes, used)} " if not r.one_in(25) else ""
            rules.append(f"on {hook} {when}{action(r, number)}")
        text += sets + rules + [""]
        keys = sorted(used)
        if not keys or not events:
            continue
        rows = []
        for _ in range(events):
            values = {key: used[key].value(r) for key in keys}
            if values.get("addr") == "absent" and "port" in values:
                values["port"] = "absent"  # both are of the one address
            rows.append("    { " + ", ".join(values.values()) + " } expect allow")
        tests += [f'test "{hook}"', f"  given {hook} {{}}", f"  cases {{ {', '.join(keys)} }}", *rows, ""]
    return "\n".join(text + tests) + "\n"


if __name__ == "__main__":
    print(policy(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20), end="")
