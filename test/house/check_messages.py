"""Every message of kinds.def and of the runtime's messages.def is expected by some test. Usage: check_messages.py ROOT

A lit test names the code in a CHECK line; a unit test may name the kind."""
import os
import re
import sys


def messages(root):
    for path, pattern in (("compiler/diag/kinds.def", r"LSMPC_DIAGNOSTIC\((\w+), (\w+),"),
                          ("runtime/messages.def", r"LSMPC_RUNTIME_MESSAGE\((\w+), (\w+),")):
        full = os.path.join(root, path)
        for match in re.finditer(r"^" + pattern, open(full).read() if os.path.exists(full) else "", re.M):
            yield match[1], match[2]


def test_text(root):
    text = []
    for folder, _, files in os.walk(os.path.join(root, "test")):
        text += [open(os.path.join(folder, name), errors="replace").read() for name in files if not name.endswith(".py")]
    return "\n".join(text)


def main(root):
    tests = test_text(root)
    all_messages = list(messages(root))
    missing = [f"{code} {name}" for code, name in all_messages
               if not re.search(rf"\b{code}\b", tests) and not re.search(rf"(?:Kind|Message)::{name}\b", tests)]
    print("\n".join("no test reaches " + entry for entry in missing))
    print(f"{len(all_messages)} messages, {len(missing)} not reached")
    return 1 if missing or not all_messages else 0


sys.exit(main(sys.argv[1]))
