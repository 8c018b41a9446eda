"""Cost of the path automaton: CPU seconds and peak memory of its build, bytes of its table, for policies of rules.py."""
import json
import os
import subprocess
import tempfile

import report
import rules

KINDS = ["mixed", "glob"]
COUNTS = [1_000, 10_000, 100_000]
RUNS = 5
SEED = 1


def measure(program, path):
    """The run with the least CPU seconds: the others were disturbed."""
    runs = []
    for _ in range(RUNS):
        with open(path) as patterns:
            runs.append(json.loads(subprocess.run([program], stdin=patterns, capture_output=True, text=True, check=True).stdout))
    return min(runs, key=lambda run: run["cpu"])


def panels(results):
    values = {"Building the automaton": ("CPU seconds", lambda run: run["cpu"]), "Memory to build it": ("peak MiB", lambda run: run["mib"]),
              "Its table": ("KiB", lambda run: run["table"] / 1024)}
    return [{"title": title, "x": "patterns", "y": unit, "log": True,
             "lines": [{"name": f"lsmpc, {kind}", "points": [[run["rules"], value(run)] for run in results if run["kind"] == kind]} for kind in KINDS]}
            for title, (unit, value) in values.items()]


def main(build, out):
    program = os.path.join(build, "tests", "bench_automaton")
    subprocess.run(["cmake", "--build", build, "--target", "bench_automaton"], stdout=subprocess.DEVNULL, check=True)
    results = []
    print(f"{'rules':>14} {'CPU s':>8} {'MiB':>7} {'table KiB':>10} {'nodes':>8} {'edges':>8} {'states':>9} {'sets':>8} {'active':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            for count in COUNTS:
                path = os.path.join(folder, "patterns")
                with open(path, "w") as file:
                    file.writelines(f"{form} {pattern}\n" for form, pattern in rules.generate(kind, count, SEED))
                run = {"kind": kind, "rules": count, **measure(program, path)}
                results.append(run)
                print(f"{count:>8} {kind:<5} {run['cpu']:8.3f} {run['mib']:7.1f} {run['table'] / 1024:10.0f} {run['nodes']:8} {run['edges']:8} {run['states']:9} "
                      f"{run['sets']:8} {run['active']:7}")
    report.write(out, "automaton", {"runs": RUNS, "seed": SEED, "best": results}, panels(results))
