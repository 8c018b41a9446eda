"""A policy of many rules over paths, and paths at their edges. Usage: many_paths.py KIND COUNT PATHS SEED NAME

Writes NAME.lsmp and NAME.rules, whose lines are CONDITION ACTION FORM PATTERN (`-`, or the uid that the rule is for; an errno or `allow`), and NAME.paths: what the
patterns fit, half of it changed by a byte or a component."""
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


def name(source, least, most):
    text = "".join(source.choice(LETTERS) for _ in range(source.randint(least, most)))
    return text.replace(".", "x") if set(text) == {"."} else text


def example(source, pattern):
    """A text that the pattern fits."""
    out, at = "", 0
    while at < len(pattern):
        if pattern.startswith("/**/", at) and source.random() < 0.4:
            out, at = out + "/", at + 4
        elif pattern.startswith("**", at):
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


def changed(source, path):
    parts, at = path.split("/"), source.randrange(1, len(path))
    forms = [
        lambda: path[:-1],
        lambda: path + name(source, 1, 1),
        lambda: path[:at] + name(source, 1, 1) + path[at + 1:],
        lambda: path[:at] + path[at + 1:],
        lambda: path + "/" + name(source, 1, 4),
        lambda: "/".join(parts[:-1]),
        lambda: "/".join(parts[:2] + [name(source, 1, 4)] + parts[2:]),
    ]
    return source.choice(forms)()


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
    found = set()
    while len(found) < paths:
        path = example(source, source.choice(patterns)[1])
        path = path if source.random() < 0.5 else changed(source, path)
        if isPath(path):
            found.add(path)
    with open(out + ".paths", "w") as file:
        file.writelines(path + "\n" for path in sorted(found))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
