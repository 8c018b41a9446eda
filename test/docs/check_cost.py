"""The policy and the output that docs/performance.md shows of --explain-cost belong together. Usage: check_cost.py ROOT FOLDER"""
import os
import re
import subprocess
import sys


def main(root, folder):
    page = open(os.path.join(root, "docs", "performance.md")).read()
    policy = re.search(r"^```lsmp\n(.*?)^```", page, re.M | re.S)[1]
    shown = re.search(r"^ {4}\$ lsmpc (.*)\n((?: {4}.*\n|\n)+)", page, re.M)
    open(os.path.join(folder, "web.lsmp"), "w").write(policy)
    output = subprocess.run(["lsmpc", *shown[1].split()], cwd=folder, capture_output=True, text=True, check=True).stdout
    wanted = re.sub(r"^ {4}", "", shown[2], flags=re.M).rstrip("\n")
    if output.startswith(wanted + "\n"):
        return 0
    print(f"docs/performance.md shows\n{wanted}\nand lsmpc says\n{output}")
    return 1


sys.exit(main(*sys.argv[1:]))
