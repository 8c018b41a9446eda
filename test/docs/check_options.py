"""Each option that docs/operations.md names is one of the command that it stands with, or, by itself, of some command. Usage: check_options.py ROOT LSMPCTL LSMPC"""
import os
import re
import sys

FOREIGN = {"--prefix"}  # of `cmake --install`


def options_of(programs):
    """By program and command."""
    return {(program.name, command.name): {flag for option in command.options for flag in option.flags} for program in programs for command in program.commands()}


def named_on(page):
    """Pairs of the words of a command, or none, and an option."""
    pieces = re.findall(r"`([^`\n]+)`", page) + [re.sub(r"\s+# .*$", "", line) for line in re.findall(r"^ {4}(\S.*)$", page, re.M)]
    for piece in pieces:
        words = re.sub(r"^sudo ", "", piece).split()
        if words[0] in ("lsmpctl", "lsmpc") or words[0].startswith("-"):
            command = () if words[0].startswith("-") else tuple(words[:2])
            yield from ((command, re.sub(r"=.*", "", word)) for word in words if re.match(r"--?\w", word))


def main(root, *binaries):
    sys.path.insert(0, os.path.join(root, "packaging"))
    import command_help
    options = options_of([command_help.read(binary, os.path.basename(binary)) for binary in binaries])
    named = set(named_on(open(os.path.join(root, "docs", "operations.md")).read()))
    wrong = [f"no command has `{option}`" if not command else f"`{' '.join(command)}` has no `{option}`" for command, option in sorted(named)
             if option not in FOREIGN and option not in (options.get(command, ()) if command else set().union(*options.values()))]
    print(*wrong, f"{len(named)} options, {len(wrong)} are wrong", sep="\n")
    return 1 if wrong or not named else 0


sys.exit(main(*sys.argv[1:]))
