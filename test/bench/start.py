"""What it takes to start a program, until it has done next to nothing: milliseconds, and what no other load of the machine changes: page faults, and
instructions where valgrind is installed.

Usage of its own: start.py BUILD PROGRAM exits with 1 where the program takes more of those than LIMITS."""
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

import report

RUNS = 50
# Far below 10 ms together, on slow machines too: a page fault takes up to 50 us there, 1,000,000 instructions a millisecond.
LIMITS = {"faults": 100, "instructions": 1_000_000}


def contenders(build):
    program = {name: os.path.join(build, "bin", name) for name in ("lsmpctl", "lsmpc")}
    commands = {f"{name} {words}": [program[name], *words.split()] for name in program for words in ("--version", "load --help")}
    return {**commands, "true, of coreutils": ["/bin/true"]}


def run(command):
    """Wall milliseconds and page faults of one start."""
    start = time.monotonic()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, status, used = os.wait4(pid, 0)
    if status:
        sys.exit(f"start: `{' '.join(command)}` failed")
    return (time.monotonic() - start) * 1e3, used.ru_minflt + used.ru_majflt


def instructions(command):
    """As callgrind counts them; None without valgrind."""
    if not shutil.which("valgrind"):
        return None
    found = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command], capture_output=True, text=True, check=True)
    return int(re.search(r"Collected : (\d+)", found.stderr)[1])


def measured(commands, runs):
    samples = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            samples[name].append(run(command))
    return {name: {"ms": statistics.median(ms for ms, _ in rows), "faults": statistics.median_low(faults for _, faults in rows),
                   "instructions": instructions(commands[name])} for name, rows in samples.items()}


def show(found):
    print(f"{'start of':24} {'ms':>7} {'page faults':>12} {'instructions':>13}")
    for name, one in found.items():
        counted = "not counted" if one["instructions"] is None else f"{one['instructions']:,}"
        print(f"{name:24} {one['ms']:7.2f} {one['faults']:12} {counted:>13}")


def main(build, out):
    found = measured(contenders(build), RUNS)
    show(found)
    report.write(out, "start", {"runs": RUNS, "starts": found})


def beyond(found):
    return [f"{name}: {one[unit]:,} {unit}, at most {limit:,}" for name, one in found.items() for unit, limit in LIMITS.items() if (one[unit] or 0) > limit]


if __name__ == "__main__":
    checked = measured({name: command for name, command in contenders(sys.argv[1]).items() if name.startswith(sys.argv[2] + " ")}, 3)
    show(checked)
    wrong = beyond(checked)
    print("\n".join(wrong))
    print(f"{len(checked)} starts, {len(wrong)} beyond the limits")
    sys.exit(1 if wrong or not checked else 0)
