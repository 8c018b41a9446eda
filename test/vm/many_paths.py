"""A policy of many rules over paths, and paths at their edges. Usage: many_paths.py KIND COUNT PATHS SEED NAME

Writes NAME.lsmp and NAME.rules, whose lines are CONDITION ACTION FORM PATTERN (`-`, or the uid that the rule is for; an errno or `allow`), and NAME.paths, whose lines are
KIND PLACE PATH: one half `fits` the pattern of the rule in that place, three of eight are a `byte` off what fits, one a component or a piece (`part`)."""
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "bench"))
import rules  # noqa: E402

ERRNOS = ["EPERM", "EIO", "ENXIO", "EACCES", "EBUSY", "EXDEV", "ENODEV", "ENFILE", "EMFILE", "ENOTTY", "ETXTBSY", "EFBIG", "ENOSPC", "ESPIPE", "EROFS", "EMLINK",
          "EDOM", "ERANGE", "EDEADLK", "ENOLCK", "ENOTEMPTY", "EUSERS", "EPIPE", "EISDIR"]
UIDS = ["0", "7"]
LETTERS = "abcdefgxyz0189-._"
KINDS = ["fits", "byte", "fits", "byte", "fits", "byte", "fits", "part"]


def name(source, least, most):
    text = "".join(source.choice(LETTERS) for _ in range(source.randint(least, most)))
    return text.replace(".", "x") if set(text) == {"."} else text


def example(source, pattern):
    """A text that the pattern fits."""
    out, at = "", 0
    while at < len(pattern):
        if pattern.startswith("**", at):
            out, at = out + "/".join(name(source, 1, 6) for _ in range(source.randint(1, 3))), at + 2
        elif pattern[at] == "*":
            whole = out.endswith("/") and (at + 1 == len(pattern) or pattern[at + 1] == "/")
            out, at = out + name(source, 1 if whole else 0, 20 if source.random() < 0.2 else 5), at + 1
        elif pattern[at] == "?":
            out, at = out + name(source, 1, 1), at + 1
        elif pattern[at] == "[":
            out, at = out + str(source.randint(0, 9)), pattern.index("]", at) + 1
        elif pattern[at] == "{":
            end = pattern.index("}", at)
            out, at = out + source.choice(pattern[at + 1:end].split(",")), end + 1
        else:
            out, at = out + pattern[at], at + 1
    return out


def changed(source, path, kind):
    parts, at = path.split("/"), source.randrange(1, len(path))
    forms = {
        "fits": [lambda: path],
        "byte": [
            lambda: path[:-1],
            lambda: path + name(source, 1, 1),
            lambda: path[:at] + source.choice(LETTERS.replace(path[at], "")) + path[at + 1:],
            lambda: path[:at] + path[at + 1:],
        ],
        "part": [
            lambda: path + "/" + name(source, 1, 4),
            lambda: "/".join(parts[:-1]),
            lambda: "/".join(parts[:-2] + parts[-1:]),
            lambda: "/".join(parts[:2] + [name(source, 1, 4)] + parts[2:]),
        ],
    }
    return source.choice(forms[kind])()


def isPath(path):
    parts = path.split("/")
    return len(parts) > 2 and parts[0] == "" and all(part not in ("", ".", "..") for part in parts[1:])


def main(kind, count, paths, seed, out):
    source, patterns = random.Random(seed), list(rules.generate(kind, count, seed))
    with open(out + ".lsmp", "w") as policy, open(out + ".rules", "w") as plain:
        for form, pattern in patterns:
            uid = source.choice(UIDS) if source.random() < 0.3 else "-"
            action = "allow" if source.random() < 0.2 else source.choice(ERRNOS)
            says = "allow" if action == "allow" else f"deny {action} quiet"
            policy.write(f'on file_open when {"" if uid == "-" else f"uid == {uid} and "}{rules.condition(form, pattern)} {says}\n')
            plain.write(f"{uid} {action} {form} {pattern}\n")
    found = {}
    while len(found) < paths:
        place, kind = source.randrange(len(patterns)), KINDS[len(found) % len(KINDS)]
        path = changed(source, example(source, patterns[place][1]), kind)
        if isPath(path):
            found.setdefault(path, f"{kind} {place}")
    with open(out + ".paths", "w") as file:
        file.writelines(f"{found[path]} {path}\n" for path in sorted(found))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
