"""Are the faults of planted_faults.py found by the comparison of agree.py? planted.py BUILD [--only N,N…] [--most POLICIES]; planted.py --check

One compiler has them all, and of each file with a fault a copy: LSMPC_PLANTED=N in its environment lets fault N happen. Of each fault random policies are tried, on the
targets in turn, until the compiled code and the rules' text disagree (E0904); that the compiler or a program ends by a fault of another kind counts for nothing. Exit 1
for a fault that is not caught, and where there is a difference without any. --check: only whether each fault's text stands in its file, once."""
import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import random_language
from planted_faults import FAULTS

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TARGETS = ("6.1", "5.10", "7.3", "6.12")
AT_ONCE, EVENTS = 4, 20
DIFFERS = re.compile(r"p(\d+)\.lsmp:\d+:\d+: internal fault E0904")
SWITCH = """#include <cstdlib>
namespace lsmpc {
inline bool planted(int number) {
  static const char* said = std::getenv("LSMPC_PLANTED");
  static const int chosen = said ? std::atoi(said) : 0;
  return chosen == number;
}
}  // namespace lsmpc
"""


def plain(text):
    return text.replace("«", "").replace("»", "")


def unfound():
    """The faults whose text is not there once, or has no marks."""
    wrong = []
    for number, (path, text, *_) in enumerate(FAULTS, 1):
        with open(os.path.join(ROOT, path)) as file:
            count = file.read().count(plain(text))
        if count != 1 or text.count("«") != 1 or text.count("»") != 1:
            wrong.append(f"{number}: {path}: found {count} times: {text}")
    return wrong


def with_faults(path):
    """The file's text, with all of its faults."""
    with open(os.path.join(ROOT, path)) as file:
        whole = file.read()
    for number, (where, text, instead, *_) in enumerate(FAULTS, 1):
        if where == path:
            before, right, after = re.fullmatch(r"(.*)«(.*)»(.*)", text, re.S).groups()
            whole = whole.replace(plain(text), f"{before}(::lsmpc::planted({number}) ? ({instead}) : ({right})){after}")
    return whole


def commands(build):
    done = subprocess.run(["ninja", "-C", build, "-t", "commands", "lsmpc"], capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if not line.startswith("ninja: ")]


def run(command, build):
    done = subprocess.run(command, cwd=build, capture_output=True, text=True, shell=isinstance(command, str))
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


def compiled(path, folder, build, lines):
    """The object of the file's faulty copy, by the build's own command for the file."""
    copy = os.path.join(folder, path)
    os.makedirs(os.path.dirname(copy), exist_ok=True)
    with open(copy, "w") as file:
        file.write(with_faults(path))
    words = shlex.split(next(line for line in lines if line.endswith(f"-c {os.path.join(ROOT, path)}")))
    words = [word for word in words if word != "-MD"]
    for option in ("-MT", "-MF"):
        at = words.index(option)
        del words[at:at + 2]
    words[words.index("-o") + 1] = copy + ".o"
    words[words.index("-c") + 1] = copy
    run(words + ["-w", "-include", os.path.join(folder, "planted.h")], build)
    return copy + ".o"


def state(build):
    """What the compiler with the faults is made of."""
    files = sorted({os.path.join(ROOT, fault[0]) for fault in FAULTS}) + [os.path.join(build, "bin", "lsmpc")]
    return repr([[fault[:3] for fault in FAULTS], [os.stat(path).st_mtime_ns for path in files]])


def planted_compiler(build):
    """Its path: the build's lsmpc, linked with the copies before all else. One that is there already is kept, as long as it is made of the same."""
    folder = os.path.join(build, "planted")
    program, made = os.path.join(folder, "bin", "lsmpc"), os.path.join(folder, "state")
    if os.path.exists(made) and open(made).read() == state(build):
        return program
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(os.path.join(folder, "bin"))
    os.symlink(os.path.join(build, "share"), os.path.join(folder, "share"))
    with open(os.path.join(folder, "planted.h"), "w") as file:
        file.write(SWITCH)
    lines = commands(build)
    objects = [compiled(path, folder, build, lines) for path in sorted({fault[0] for fault in FAULTS})]
    run(lines[-1].replace(" -o bin/lsmpc", f" {' '.join(objects)} -o {program}"), build)
    with open(made, "w") as file:
        file.write(state(build))
    return program


class Policies:
    """Files of policies, made once."""

    def __init__(self, folder):
        self.folder, self.events, self.texts = folder, {}, {}

    def batch(self, first, needs):
        """Those of some that follow one another in which `needs` is found."""
        paths = []
        for seed in range(first, first + AT_ONCE):
            path = os.path.join(self.folder, f"p{seed}.lsmp")
            if seed not in self.events:
                text = random_language.policy(seed, EVENTS)[0]
                self.events[seed], self.texts[seed] = text.count(" } expect allow\n"), text
                with open(path, "w", encoding="latin-1") as out:
                    out.write(text)
            if re.search(needs, self.texts[seed]):
                paths.append(path)
        return paths

    def tried(self, last):
        return sum(self.events[seed] for seed in range(last + 1))


def caught(program, number, policies, most, needs=""):
    """The policy that shows it; None: none does."""
    for batch in range(most // AT_ONCE):
        paths = policies.batch(batch * AT_ONCE, needs)
        if not paths:
            continue
        done = subprocess.run([program, "test", "--target", TARGETS[batch % len(TARGETS)], "--format", "json", *paths], capture_output=True, text=True, errors="replace",
                              env={**os.environ, "LSMPC_PLANTED": str(number)})
        seeds = [int(seed) for seed in DIFFERS.findall(done.stderr)]
        if seeds:
            return min(seeds)
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", nargs="?")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--only", type=lambda text: [int(one) for one in text.split(",")])
    parser.add_argument("--most", type=int, default=400)
    options = parser.parse_args()
    if wrong := unfound():
        sys.exit("\n".join(wrong))
    print(f"{len(FAULTS)} faults stand where they are said to", flush=True)
    if options.check:
        return 0
    program = planted_compiler(os.path.abspath(options.build))
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        policies, furthest = Policies(folder), AT_ONCE - 1
        for number, (path, _, _, what, *needs) in enumerate(FAULTS, 1):
            if options.only and number not in options.only:
                continue
            seed = caught(program, number, policies, options.most, *needs)
            missed += seed is None
            furthest = max(furthest, seed or 0)
            print(f"{number:2} {path}: {what}: " + ("NOT CAUGHT" if seed is None else f"caught by policy {seed + 1}, at most {policies.tried(seed)} events"), flush=True)
        without = caught(program, 0, policies, furthest // AT_ONCE * AT_ONCE + AT_ONCE)
    if without is not None:
        print(f"policy {without + 1} shows a difference without any fault")
    print(f"{missed} of {len(options.only or FAULTS)} faults not caught; without a fault {furthest // AT_ONCE * AT_ONCE + AT_ONCE} policies show {'a' if without is not None else 'no'} difference")
    return 1 if missed or without is not None else 0


if __name__ == "__main__":
    sys.exit(main())
