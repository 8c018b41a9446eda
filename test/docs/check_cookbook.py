"""Each policy of docs/cookbook stands on its page, has one recipe in test/vm/cases, and gets no lint. Usage: check_cookbook.py ROOT"""
import glob
import os
import re
import subprocess
import sys

TARGETS = "5.10,6.1,6.12,7.3"


def stems(pattern):
    return sorted(os.path.splitext(os.path.basename(path))[0] for path in glob.glob(pattern))


def main(root):
    folder = os.path.join(root, "docs", "cookbook")
    policies = stems(os.path.join(folder, "*.lsmp"))
    listed = sorted(re.findall(r"\(cookbook/([\w-]+)\.lsmp\)", open(folder + ".md").read()))
    wrong = [f"the page lists {listed}" for _ in [0] if listed != policies]
    recipes = stems(os.path.join(root, "test", "vm", "cases", "cookbook_*", "*.recipe"))
    wrong += [f"the recipes are {recipes}" for _ in [0] if recipes != policies]
    for name in policies:
        result = subprocess.run(["lsmpc", "check", "--target", TARGETS, os.path.join(folder, name + ".lsmp")], capture_output=True, text=True)
        if result.returncode or re.search(r"warning W08", result.stderr):
            wrong.append(result.stderr)
    print("\n".join(wrong))
    print(f"{len(policies)} policies, {len(wrong)} wrong")
    return 1 if wrong or len(policies) < 25 else 0


sys.exit(main(sys.argv[1]))
