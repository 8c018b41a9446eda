"""Every ```lsmp block of README.md and docs/ is a policy that compiles, and an indented attribute one of the library's.
Usage: check_examples.py ROOT"""
import os
import re
import subprocess
import sys
import tempfile

TARGETS = "5.10,6.1,6.12,7.3"


def pages(root):
    yield os.path.join(root, "README.md")
    for folder, _, files in os.walk(os.path.join(root, "docs")):
        if os.path.basename(folder) == "errors":  # error_pages.py runs those
            continue
        yield from (os.path.join(folder, name) for name in sorted(files) if name.endswith(".md"))


def main(root):
    count, wrong = 0, 0
    library = open(os.path.join(root, "stdlib", "prelude.lsmp")).read()
    with tempfile.TemporaryDirectory() as folder:
        for page in pages(root):
            for block in re.finditer(r"^```lsmp\n(.*?)^```", open(page).read(), re.M | re.S):
                count += 1
                path = os.path.join(folder, f"example{count}.lsmp")
                open(path, "w").write(block[1])
                result = subprocess.run(["lsmpc", "check", "--target", TARGETS, path], capture_output=True, text=True)
                if result.returncode:
                    wrong += 1
                    print(f"{os.path.relpath(page, root)}: this example does not compile:\n{block[1]}{result.stderr}")
            for line in re.findall(r"^ {4,}(attribute .*)$", open(page).read(), re.M):
                count += 1
                if line + "\n" not in library:
                    wrong += 1
                    print(f"{os.path.relpath(page, root)}: the library has no `{line}`")
    print(f"{count} examples, {wrong} do not compile")
    return 1 if wrong or not count else 0


sys.exit(main(sys.argv[1]))
