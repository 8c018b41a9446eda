"""Follows docs/tutorial.md as a reader would: each indented `lsmpc …` line that needs no root, in a folder with the page's policy.
Usage: follow_tutorial.py ROOT. The text after a command that says what it prints is checked where it is code: `Operation not permitted`."""
import os
import re
import subprocess
import sys
import tempfile

# A command whose result is the policy's refusal, as the page says.
REFUSED = {"try": "Operation not permitted"}


def main(root):
    page = open(os.path.join(root, "docs", "tutorial.md")).read()
    name = re.search(r"one file in it, `([\w.-]+)`", page)[1]
    policy = re.search(r"^```lsmp\n(.*?)^```", page, re.M | re.S)[1]
    commands = [line.split() for line in re.findall(r"^    (lsmpc .*)$", page, re.M)]
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        open(os.path.join(folder, name), "w").write(policy)
        for command in commands:
            result = subprocess.run(command, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
            said = REFUSED.get(command[1])
            good = said in result.stdout + result.stderr and said in page if said else result.returncode == 0
            print("ok" if good else "not ok", " ".join(command))
            if not good:
                wrong += 1
                print(result.stdout + result.stderr)
    print(f"{len(commands)} commands, {wrong} do not do what the tutorial says")
    return 1 if wrong or len(commands) < 4 else 0


sys.exit(main(sys.argv[1]))
