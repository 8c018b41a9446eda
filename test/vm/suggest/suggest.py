"""nginx of this machine is used in a guest under a policy in audit mode; `lsmpc suggest` makes a policy of its events; under that, nginx is used again, and then asked to do what it did not do.
Usage: suggest.py FOLDER"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
NGINX = "/usr/sbin/nginx"


def guest(policy, events, command):
    libraries = re.findall(r"(/\S+) \(0x", subprocess.run(["ldd", NGINX], capture_output=True, text=True, check=True).stdout)
    files = [f"{NGINX}:{NGINX}", f"{HERE}/nginx.conf:/etc/nginx/nginx.conf"] + [f"{os.path.realpath(one)}:{one}" for one in libraries]
    files += [f"{HERE}/{name}:/{name}" for name in ("before.sh", "use.sh", "others.sh")]
    words = ["lsmpc", "try", "--kernel", "6.1", "--before", "sh /before.sh", "--events", events, *(word for one in files for word in ("--file", one)), policy, "--", "sh", "-c", command]
    result = subprocess.run(words, capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"exit {result.returncode}\n{result.stdout}{result.stderr}")
    return result.stdout


def main(folder):
    os.makedirs(folder, exist_ok=True)
    events, policy = os.path.join(folder, "events.jsonl"), os.path.join(folder, "nginx.lsmp")
    guest(os.path.join(HERE, "Inputs", "learn.lsmp"), events, "sh /use.sh")
    for words in (["suggest", events, "-o", policy], ["fmt", "--check", policy], ["check", "--target", "5.10,6.1,6.12,7.3", policy]):
        subprocess.run(["lsmpc", *words], check=True)
    print(guest(policy, os.path.join(folder, "enforced.jsonl"), "sh /use.sh && sh /others.sh"), end="")


main(*sys.argv[1:])
