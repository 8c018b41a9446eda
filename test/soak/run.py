"""./dev soak NAME [--count N] [--from K] [--minutes M]: long checks, resumable.

A soak is a sequence of numbered cases, each made from its number alone. Where it stopped is kept beside the build, so that the
next run goes on there; `--from` begins elsewhere and keeps nothing (the short samples in the test suite). One that has an end
(`cases` of its function) begins again after it."""
import argparse
import os
import sys
import time

import events
import format_layouts
import judges
import mutants
import oracle
import parse_fuzz
import stop_points
import stress
import swap
import verify

SOAKS = {"agree": oracle.by("agree.py", 50), "outcomes": oracle.by("agree.py", 2000, "--all-outcomes"), "planted": oracle.planted,
          "fates": oracle.by("fates.py", 50), "differences": oracle.by("differences.py", 20), "canonical": oracle.by("canonical.py", 50),
          "parse-fuzz": parse_fuzz.run_case, "swap-6.1": swap.on("6.1"), "swap-7.3": swap.on("7.3"), "events": events.on("6.1"), "format": format_layouts.run_case,
         **{f"stress-{kernel}": stress.on(kernel) for kernel in ("5.10", "6.1", "6.12", "7.3")},
         "kill": stop_points.killed, "kill-reads": stop_points.killed_in_reads, "faults": stop_points.faulted, "objects": mutants.run_case,
         "judges-6.1": judges.on("6.1", 0), "judges-7.3": judges.on("7.3", 1_000_000),
         "verify-5.10": verify.on("5.10"), "verify-6.1": verify.on("6.1")}

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
build = os.environ.get("LSMPC_BUILD", os.path.join(root, "build"))


def main():
    parser = argparse.ArgumentParser(prog="./dev soak")
    parser.add_argument("name", choices=SOAKS)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--from", dest="first", type=int)
    parser.add_argument("--minutes", type=float, default=60)
    options = parser.parse_args()
    state = os.path.join(build, f"soak-{options.name}")
    first = options.first
    if first is None:
        first = int(open(state).read()) if os.path.exists(state) else 0
    last = getattr(SOAKS[options.name], "cases", None)
    if last and first >= last:
        first = 0
    end = time.monotonic() + options.minutes * 60
    number = first
    failures = 0
    while number < min(first + options.count, last or sys.maxsize) and time.monotonic() < end:
        wrong = SOAKS[options.name](os.path.join(build, "bin", "lsmpc"), number)
        if wrong:
            failures += 1
            print(wrong)
        number += 1
        if options.first is None:
            with open(state, "w") as out:
                out.write(str(number))
    print(f"{options.name}: cases {first} to {number - 1}{f' of {last}' if last else ''}, {failures} failed")
    return 1 if failures or number == first else 0


sys.exit(main())
