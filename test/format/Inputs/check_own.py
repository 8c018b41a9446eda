"""Every policy of the repository, through `lsmpc fmt` and again: no change the second time, the comments all there, and the same typed policy
or the same errors, but for places. Usage: check_own.py ROOT"""
import glob
import os
import re
import subprocess
import sys
import tempfile

TARGET = "6.1"


def run(*arguments, folder=None):
    return subprocess.run(["lsmpc", *arguments], cwd=folder, capture_output=True, text=True, errors="replace")


def comments(text):
    return re.findall(r"#[^\r\n]*", re.sub(r'"(?:[^"\\\r\n]|\\[^\r\n])*"', '""', text))


def meaning(folder, name):
    """What `build` makes of it, without the lines of its rules and their ids, which are of their text."""
    done = run("build", "--target", TARGET, "--emit=policy", name, folder=folder)
    if done.returncode:
        return re.findall(r"error (E\d+: .*)", done.stderr)
    return re.sub(r"(?m)^( *rule) \w{8}|\bline \d+", r"\1", done.stdout)


def main(root):
    paths = [path for folder in ("docs", "stdlib", "test") for path in sorted(glob.glob(os.path.join(root, folder, "**", "*.lsmp"), recursive=True))]
    with tempfile.TemporaryDirectory() as folder:
        before, after, names = os.path.join(folder, "before"), os.path.join(folder, "after"), {}
        os.mkdir(before), os.mkdir(after)
        for number, path in enumerate(paths):
            name = f"p{number}.lsmp"
            names[name] = path
            for place in (before, after):
                with open(path, "rb") as source, open(os.path.join(place, name), "wb") as copy:
                    copy.write(source.read())
        changed = {line.split()[1] for line in run("fmt", folder=after).stdout.splitlines()}
        refused = run("fmt", "--check", folder=after)
        faults = [f"{names[line]}: another fmt changes it" for line in refused.stdout.split()]
        for name in sorted(changed):
            texts = [open(os.path.join(place, name), newline="").read() for place in (before, after)]
            if [comment.rstrip() for comment in comments(texts[0])] != comments(texts[1]):
                faults.append(f"{names[name]}: other comments")
            was, now = meaning(before, name), meaning(after, name)
            if was != now:
                faults.append(f"{names[name]}: another policy: {was} {now}")
    print(*faults, f"{len(paths)} policies, {len(changed)} change, {len(faults)} faults", sep="\n")
    return 1 if faults or not changed else 0


sys.exit(main(sys.argv[1]))
