"""Each section of a page does what its ```console block shows: check_console.py PAGE LSMPC. The blocks are those of docs/errors (error_pages.py)."""
import difflib
import re
import sys

from error_pages import Example


def main(path, lsmpc):
    count = wrong = 0
    for section in re.split(r"^## ", open(path).read(), flags=re.M):
        example = Example(section)
        if not example.console:
            continue
        count += 1
        command, _, expected = example.console.partition("\n")
        code, printed = example.run(command.removeprefix("$ "), lsmpc)
        if printed != expected:
            wrong += 1
            print(section.splitlines()[0], f"(exit {code}):", *difflib.unified_diff(expected.splitlines(), printed.splitlines(), "page", "printed", lineterm=""), sep="\n")
    print(f"{count} commands, {wrong} print something else")
    return 1 if wrong or not count else 0


sys.exit(main(*sys.argv[1:]))
