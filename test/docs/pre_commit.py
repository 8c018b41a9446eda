"""Runs the hooks of .pre-commit-hooks.yaml by pre-commit, as docs/ci.md configures them. Usage: pre_commit.py ROOT FOLDER

FOLDER/hooks holds the file and stands for the repository that the page names; FOLDER/policies is one that takes the hooks."""
import os
import re
import subprocess
import sys

import yaml

RIGHT = "on path_mkdir when euid != 0 deny\n"
CASES = (("right", {"web.lsmp": RIGHT}, ("lsmpc-check", "lsmpc-fmt")), ("wrong", {"web.lsmp": "on file_opne deny\n"}, ("lsmpc-check",)),
         ("twins", {"web.lsmp": RIGHT, "other.lsmp": "policy web\n" + RIGHT}, ("lsmpc-check",)), ("no policy", {"notes.txt": "none\n"}, ("lsmpc-check",)))


def git(folder, *words):
    identity = ["-c", "user.name=a", "-c", "user.email=a@localhost", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", "-C", folder, *identity, *words], capture_output=True, text=True, check=True).stdout.strip()


def verdict(policies, hook):
    result = subprocess.run(["pre-commit", "run", hook, "--color=never"], cwd=policies, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    said = re.search(r"\b(Passed|Failed|Skipped)\b", result.stdout)
    error = re.search(r"^\S+: error .*$", result.stdout, re.M)
    return (said[1] if said else result.stdout + result.stderr) + (": " + error[0] if error else "")


def main(root, folder):
    hooks, policies = os.path.join(folder, "hooks"), os.path.join(folder, "policies")
    os.environ.update(PRE_COMMIT_HOME=os.path.join(folder, "cache"), GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1")
    for repository in (hooks, policies):
        git(repository, "init", "-q")
    git(hooks, "add", ".")
    git(hooks, "commit", "-q", "-m", "Hooks")
    page = open(os.path.join(root, "docs", "ci.md")).read()
    config = yaml.safe_load(re.search(r"^```yaml\n(repos:.*?)^```", page, re.M | re.S)[1])
    configured = [hook["id"] for hook in config["repos"][0]["hooks"]]
    config["repos"][0].update(repo=hooks, rev=git(hooks, "rev-parse", "HEAD"))
    yaml.safe_dump(config, open(os.path.join(policies, ".pre-commit-config.yaml"), "w"))
    open(os.path.join(policies, "lsmp.toml"), "w").write('targets = ["6.1"]\n')
    known = subprocess.run(["lsmpc", "--help"], capture_output=True, text=True, check=True).stdout
    for name, files, ids in CASES:
        git(policies, "rm", "-q", "-r", "-f", "--ignore-unmatch", ".")
        for path, text in files.items():
            open(os.path.join(policies, path), "w").write(text)
        git(policies, "add", ".pre-commit-config.yaml", *files)
        for hook in ids:
            command = hook.removeprefix("lsmpc-")
            print(f"{name}: {hook}", verdict(policies, hook) if re.search(rf"^  {command} ", known, re.M) else "no such command yet")
        git(policies, "rm", "-q", "--cached", ".pre-commit-config.yaml")
    published = [hook["id"] for hook in yaml.safe_load(open(os.path.join(hooks, ".pre-commit-hooks.yaml")))]
    print(f"hooks of the page: {', '.join(configured)}; of the file: {', '.join(published)}")


main(*sys.argv[1:])
