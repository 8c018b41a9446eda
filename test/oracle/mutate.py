"""One change to the text of a policy: a rule left out, an errno or an operator changed. Of a canonical text (lsmpc fmt), in which a statement's further lines stand
deeper than its first."""
import re

RULE = re.compile(r"^( *)on (?:.*\n)(?:\1 +\S.*\n)*", re.M)
ERRNO = re.compile(r"\bdeny\b(?: (E[A-Z0-9]+))?")
OPERATORS = [(" == ", " != "), (" != ", " == "), (" ~ ", " !~ "), (" !~ ", " ~ "), (" not in ", " in "), (" in ", " not in "), (" < ", " <= "), (" <= ", " < "), (" > ", " >= "),
             (" >= ", " > "), (" has any ", " has "), (" has ", " has any "), (" and ", " or "), (" or ", " and "), (" under ", " == "), (" not ", " ")]


def rules(text):
    """The rules, none of a scope's `default`, which stands on a line of its own too."""
    return list(RULE.finditer(text))


def mutants(text):
    """(what, the changed text), in order."""
    for rule in rules(text):
        begin, end = rule.span()
        line = text.count("\n", 0, begin) + 1
        yield f"line {line}: left out", text[:begin] + text[end:]
        body = rule.group()
        for errno in ERRNO.finditer(body):
            other = "EBUSY" if errno[1] != "EBUSY" else "EACCES"
            yield f"line {line}: {errno.group()} -> deny {other}", text[:begin] + body[:errno.start()] + f"deny {other}" + body[errno.end():] + text[end:]
        bare = re.sub(r'"(?:[^"\\]|\\.)*"', lambda quoted: "_" * len(quoted.group()), body)
        for old, new in OPERATORS:
            at = -1
            while (at := bare.find(old, at + 1)) >= 0:
                if old == " in " and bare[:at].endswith(" not"):
                    continue
                if old == " not " and bare.startswith(" not in ", at):
                    continue
                yield f"line {line}:{at}:{old}->{new}", text[:begin] + body[:at] + new + body[at + len(old):] + text[end:]
