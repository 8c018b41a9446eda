"""Each policy on a page of the documentation is canonical. Usage: check_pages.py ROOT"""
import glob
import os
import re
import subprocess
import sys

wrong = found = 0
for path in [os.path.join(sys.argv[1], "README.md"), *sorted(glob.glob(os.path.join(sys.argv[1], "docs", "**", "*.md"), recursive=True))]:
    with open(path) as page:
        policies = re.findall(r"^```lsmp\n(.*?)^```", page.read(), re.M | re.S)
    for policy in policies:
        found += 1
        done = subprocess.run(["lsmpc", "fmt", "-"], input=policy, capture_output=True, text=True)
        if done.returncode or done.stdout != policy:
            wrong += 1
            print(f"{path}: should be\n{done.stdout}{done.stderr}")
print(f"{found} policies, {wrong} are not canonical")
