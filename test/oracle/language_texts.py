"""Texts of random policies: names, paths and patterns, each pattern with a text that it matches, and what lies one byte off."""
import re

FOLDERS = ["/etc", "/srv/www", "/home/ann", "/var/lib/x", "/usr/bin", "/tmp", "/opt/app/v1"]
# Lengths around a dentry's own room for a name (32, on 6.11 and later 40), around a word, and bytes that patterns and ASCII have no place for.
NAMES = ["passwd", "a", "conf.d", "index.html", "x", "data", "file12.conf", ".ssh", "Z", "abcdefg", "abcdefgh", "n" * 31, "n" * 32, "m" * 39, "m" * 40, "a*b", "q[1]", "\xe4\xf6", "s p", "w\x01"]
COMMS = ["nginx", "sshd", "sh", "postgres", "worker-1", "a", "fourteen-bytes", "fifteen-bytes-x", "a,b", "t\xfc"]
ENDS = "abyz1.\xff"


def quoted(text):
    """As a string of the language; of latin-1, a character is a byte."""
    return '"' + "".join(f"\\{one}" if one in '"\\' else one if " " <= one < "\x7f" else f"\\x{ord(one):02x}" for one in text) + '"'


def pattern(text):
    """The bytes themselves, within a pattern."""
    return "".join(f"\\{one}" if one in "*?[]{},^-" else one if " " <= one < "\x7f" else f"\\x{ord(one):02x}" for one in text)


def path(r):
    return r.choice(FOLDERS) + "".join("/" + r.choice(NAMES) for _ in range(r.randrange(4)))


def literal(r):
    """A path that stands where only whole paths do."""
    while re.search(r"[*?]|\[.+\]", found := path(r)):
        pass
    return found


def piece(r, separated):
    """(part of a pattern, text that it matches). `separated`: of a path."""
    kind = r.randrange(8)
    name = r.choice(NAMES[:11])
    if kind == 0:
        return "*", r.choice(["", "q", name])
    if kind == 1:
        return "**", r.choice(["", "q", "q/r", name + "/s"] if separated else ["", "q", "q/r"])
    if kind == 2:
        return "?", r.choice("ab.")
    if kind == 3:
        return "[a-m]", r.choice("am")
    if kind == 4:
        return "[^a]", r.choice("bz`")
    if kind == 5:
        choices = [piece(r, separated) for _ in range(2)]
        return "{" + ",".join(one for one, _ in choices) + "}", r.choice(choices)[1]
    if kind == 6:
        names = r.sample(NAMES, 3)
        return "{" + pattern(names[0]) + ",{" + pattern(names[1]) + "," + pattern(names[2]) + "}}", r.choice(names)
    return pattern(name), name


def glob(r):
    """A pattern of paths and an example. Not every example fits: what touches a slash may be empty."""
    base = path(r)
    kind = r.randrange(10)
    if kind == 0:
        return pattern(base) + "/**", base + r.choice(["/a", "/q/r", ""])
    if kind == 1:
        return pattern(base) + "/*", base + r.choice(["/a", "/q/r", ""])
    if kind == 2:
        name = r.choice(NAMES)
        return "/**/" + pattern(name), r.choice(["/", "/q/", "/q/r/"]) + name
    if kind == 3:
        name = r.choice(NAMES)
        return "**/" + pattern(name) + "/**", r.choice(["/", "/q/"]) + name + r.choice(["/a", "/a/b", ""])
    if kind == 4:
        name = r.choice(NAMES)
        return "/*/" + pattern(name) + r.choice(["", "/**", "/*/**"]), "/q/" + name + r.choice(["", "/s", "/s/t"])
    if kind == 5:
        return "/{srv,etc}/**/{" + pattern(r.choice(NAMES)) + ",x*}", r.choice(["/srv/x", "/etc/q/x1", "/etc/q/r/y"])
    if kind == 6:
        return pattern(base[:-1]) + r.choice(["?", "[a-z]", "[^a]", "*"]), base
    if kind == 7:
        return pattern(base) + "**", base + r.choice(["", "x", "/y"])
    parts = [piece(r, True) for _ in range(r.randrange(1, 4))]
    return pattern(base) + "/" + pattern("p") + "".join(one for one, _ in parts), base + "/p" + "".join(one for _, one in parts)


def sibling(r, base):
    """Of several patterns that fit much the same names: they end where `base` does, or a byte before."""
    return pattern(base[:-r.randrange(1, 3)]) + r.choice(["*", "?", "??", "[a-m]", "[^a]", "*" + pattern(base[-1]), "[^a]*", "{a,?}", pattern(base[-1]) + "*", "**"])


def word_glob(r, word):
    """A pattern of strings and an example."""
    parts = [piece(r, False) for _ in range(r.randrange(1, 3))]
    begin = word[:r.randrange(len(word) + 1)]
    return pattern(begin) + "".join(one for one, _ in parts), begin + "".join(one for _, one in parts)


def near(r, text):
    """One byte off, or one name longer or shorter; a path still."""
    for _ in range(r.randrange(3)):
        kind = r.randrange(4)
        if kind == 0 and len(text) < 200:
            text += "/" + r.choice(NAMES)
        elif kind == 1 and text.count("/") > 1:
            text = text[:text.rindex("/")]
        elif kind == 2 and len(text) > 1:
            at = r.randrange(1, len(text))
            if text[at] != "/":
                text = text[:at] + r.choice(ENDS + chr((ord(text[at]) ^ 1 << r.randrange(8)) or 1)) + text[at + 1:]
    return text if is_path(text) else literal(r)


def is_path(text):
    parts = text.split("/")[1:]
    return text.startswith("/") and "\0" not in text and not re.search(r"[*?]|\[.+\]|\{.*,.*\}", text) and all(part and part not in (".", "..") and len(part) < 256 for part in parts)
