"""AppArmor's profile for the rules of rules.py. Usage: apparmor.py KIND COUNT SEED

Our rules deny some paths and leave all else alone, and so does the profile: everything is allowed, each rule is a `deny`. A profile is of a program, so
it holds for one named in it; ours hold for all. The pattern languages agree on what rules.py makes."""
import os
import subprocess
import sys

import rules

PROGRAM = "/bin/pairs"
# Of the Debian kernels that guests boot. The package pins them, so that a host without AppArmor compiles for one with it.
FEATURES = "/usr/share/apparmor-features/features"
PARSER = "/sbin/apparmor_parser"
MODES = {"open": "rw", "exec": "x"}


def profile(patterns, event="open"):
    denied = "".join(f'  deny "{pattern}" {MODES[event]},\n' for _, pattern in patterns)
    return f"profile bench {PROGRAM} {{\n  file,\n  network,\n  capability,\n{denied}}}\n"


def parser(file):
    """The command that compiles `file` and prints what the kernel takes: without the kernel, without the cache."""
    return [PARSER, "-Q", "-K", "-S", "--features-file", FEATURES, file]


def compile(text, folder, name):
    """The file with the compiled profile, or None with the parser's reason printed."""
    source, compiled = (os.path.join(folder, f"{name}.{kind}") for kind in ("profile", "aa"))
    with open(source, "w") as out:
        out.write(text)
    with open(compiled, "wb") as out:
        run = subprocess.run(parser(source), stdout=out, stderr=subprocess.PIPE, text=True, check=False)
    if run.returncode == 0:
        return compiled
    print(f"apparmor_parser, {name}: {run.stderr.strip().splitlines()[-1]}")
    return None


if __name__ == "__main__":
    sys.stdout.write(profile(rules.generate(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
