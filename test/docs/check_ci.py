"""Follows docs/ci.md in a repository as the page has it: the workflow's steps and the script, once with right policies and once with a wrong one.
Usage: check_ci.py ROOT FOLDER

Stand-ins: `sudo` and `apt-get`, which a test must not run. Steps that use an action are not run here."""
import glob
import json
import os
import re
import shutil
import subprocess
import sys

import yaml

POLICIES = ("no-modules", "no-setuid")
STAND_INS = {"sudo": 'exec "$@"', "apt-get": 'test "$1 $2" = "install -y"; shift 2; ls "$@" >apt-get.log'}
PACKAGES = ("lsmpc_0.1.0_amd64.deb", "lsmpctl_0.1.0_amd64.deb")


def block(page, language, having):
    found = [text for kind, text in re.findall(r"^```(\w+)\n(.*?)^```", page, re.M | re.S) if kind == language and having in text]
    assert len(found) == 1, f"{len(found)} blocks of {language} with {having!r}"
    return found[0]


def repository(root, page, folder, wrong):
    """A new one; `wrong`: with a policy that has an error."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(os.path.join(folder, "policies", "lib"))
    for name in POLICIES:
        shutil.copy(os.path.join(root, "docs", "cookbook", name + ".lsmp"), os.path.join(folder, "policies"))
    files = {"policies/lsmp.toml": block(page, "toml", "targets"), "policies/lib/networks.lsmp": "set ours : cidr = { 10.0.0.0/8 }\n",
             "policies/web.lsmp": "use lib.networks\non socket_bind when addr in ours deny\n" + ("on file_opne deny\n" if wrong else "")}
    os.mkdir(os.path.join(folder, "packages"))
    files.update({"packages/" + name: "" for name in PACKAGES})
    for name, text in files.items():
        open(os.path.join(folder, name), "w").write(text)


def run(command, folder):
    path = os.path.join(os.path.dirname(folder), "stand-ins")
    environment = {**os.environ, "PATH": path + os.pathsep + os.environ["PATH"]}
    return subprocess.run(["bash", "-e", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def follow_steps(steps, folder):
    """Names of steps that fail, as the runner goes on after one: those that always run do."""
    failed = []
    for step in steps:
        if "run" not in step or failed and step.get("if") != "always()":
            continue
        result = run(step["run"], folder)
        if result.returncode:
            failed.append(step["name"])
            print(f"{step['name']}: exit {result.returncode}: {(result.stderr.splitlines() or ['nothing'])[0]}")
    return failed


def made(folder):
    log = json.load(open(os.path.join(folder, "lsmpc.sarif")))["runs"][0]
    codes = [f"{result['level']} {result['ruleId']} {result['locations'][0]['physicalLocation']['artifactLocation']['uri']}" for result in log["results"]]
    objects = sorted(os.path.basename(path) for path in glob.glob(os.path.join(folder, "build", "*.bpf.o")))
    contents = os.path.join(folder, "build", "contents.txt")
    shown = re.findall(r"^policy ([\w-]+)", open(contents).read(), re.M) if os.path.exists(contents) else []
    return f"log: {', '.join(codes) or 'no results'}; objects: {', '.join(objects) or 'none'}; shown: {', '.join(shown) or 'none'}"


def changed(root, page, folder):
    """What the scripts of a change say, of sources and of objects, on a branch that permits more: a rule is weaker, a policy is gone; and on `main` one came later."""
    repository(root, page, folder, False)
    git = "git -c user.name=a -c user.email=a@example.org"
    branch = ["git init -q -b main", f"{git} add -A", f"{git} commit -qm first", "lsmpc build -o before policies", "git switch -qc weaker",
              "sed -i 's/ours deny/10.0.0.0\\/9 deny/' policies/web.lsmp", "git rm -q policies/no-setuid.lsmp", f"{git} commit -qam weaker", "lsmpc build -o build policies",
              "git switch -q main", "echo 'on capable deny' > policies/later.lsmp", f"{git} add policies", f"{git} commit -qm later", "git switch -q weaker"]
    first = run(" && ".join(branch), folder)
    assert first.returncode == 0, first.stderr
    objects, sources = block(page, "bash", "lsmpc diff --format markdown before build"), block(page, "bash", "lsmpc diff --format markdown before/policies policies")
    return {name: told(run(script, folder), folder) for name, script in (("objects", objects), ("sources", "rm -rf before\n" + sources))}


def told(result, folder):
    text = open(os.path.join(folder, "changes.md")).read()
    said = [line for line in text.splitlines() if line.startswith(("**", "The", "policy", "Note"))]
    return f"exit {result.returncode}; {'; '.join(said)}; {text.count('permits what was refused')} changes{result.stderr}"


def lsmpc_lines(text):
    return sorted(set(re.findall(r"lsmpc (?:check|build|inspect)[^|;>}\n]*[^|;>}\n ]", text)))


def main(root, folder):
    page = open(os.path.join(root, "docs", "ci.md")).read()
    workflow, script = yaml.safe_load(block(page, "yaml", "jobs:")), block(page, "sh", "lsmpc")
    steps = workflow["jobs"]["policies"]["steps"]
    os.makedirs(os.path.join(folder, "stand-ins"))
    for name, text in STAND_INS.items():
        path = os.path.join(folder, "stand-ins", name)
        open(path, "w").write(f"#!/bin/sh -e\n{text}\n")
        os.chmod(path, 0o755)
    for wrong in (False, True):
        place = os.path.join(folder, "wrong" if wrong else "right")
        repository(root, page, place, wrong)
        print(f"workflow, {os.path.basename(place)}: failed: {', '.join(follow_steps(steps, place)) or 'none'}; {made(place)}")
        repository(root, page, place, wrong)
        print(f"script, {os.path.basename(place)}: exit {run(script, place).returncode}; {made(place)}")
    for name, said in changed(root, page, os.path.join(folder, "change")).items():
        print(f"change of {name}: {said}")
    here = lsmpc_lines("\n".join(step.get("run", "") for step in steps))
    print("the same commands in both:", "yes" if here == lsmpc_lines(script) and here else f"no: {here} and {lsmpc_lines(script)}")


main(*sys.argv[1:])
