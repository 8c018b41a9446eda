"""The scrape configuration on the page of operations is one, and reads what `lsmpctl apply --watch --metrics` serves. Usage: check_metrics.py ROOT LSMPCTL"""
import os
import re
import subprocess
import sys

import yaml


def main(root, lsmpctl):
    page = open(os.path.join(root, "docs", "operations.md")).read()
    section = re.search(r"^## Export metrics\n(.*?)^## ", page, re.M | re.S)[1]
    jobs = yaml.safe_load(re.search(r"^```yaml\n(.*?)^```", section, re.M | re.S)[1])["scrape_configs"]
    targets = [target for job in jobs for group in job["static_configs"] for target in group["targets"]]
    help_text = subprocess.run([lsmpctl, "apply", "--help"], capture_output=True, text=True, check=True).stdout
    served = re.search(r"--metrics \[=arg\(=(.*?)\)\]", help_text)[1]
    known = {"job_name", "static_configs"}  # more of Prometheus' would have to be looked at: another path, say
    for job in jobs:
        if set(job) != known:
            print("not looked at: " + ", ".join(sorted(set(job) ^ known)))
    print(f"served {served}, targets {' '.join(targets)}")
    return 0 if targets == [served] and all(set(job) == known for job in jobs) else 1


sys.exit(main(*sys.argv[1:]))
