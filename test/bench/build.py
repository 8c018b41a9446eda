"""Cost of `lsmpc build` for policies of rules.py, paired with `apparmor_parser` on the same rules as a profile, up to where it fails.

Runs alternate. A machine's speed drifts: short runs are repeated up to eleven times, and how our seconds grow is of runs of both sizes that alternate."""
import os
import statistics
import tempfile

import apparmor
import report
import rules
import usage

SIZES = {"mixed": [10, 100, 1_000, 2_000, 3_000, 10_000, 30_000, 100_000], "glob": [10, 100, 300, 1_000, 10_000, 100_000]}
FEWEST, MOST, ENOUGH, LONG = 3, 11, 3.0, 10.0  # runs of a command, CPU seconds of all of them, of one that is not repeated
GROWTH, PAIRS = (10_000, 100_000), 5
APPARMOR_SECONDS = 60
SEED = 1


def commands(build, folder, kind, count):
    """Name → command, its file of the result, its limit in seconds."""
    patterns = list(rules.generate(kind, count, SEED))
    with open(os.path.join(folder, "rules.lsmp"), "w") as out:
        out.writelines(f"on file_open when {rules.condition(form, pattern)} deny\n" for form, pattern in patterns)
    with open(os.path.join(folder, "rules.profile"), "w") as out:
        out.write(apparmor.profile(patterns))
    lsmpc = os.path.join(build, "bin", "lsmpc")
    return {"lsmpc": ([lsmpc, "build", "--target", "6.1", "-o", ".", "rules.lsmp"], "rules.bpf.o", None),
            "AppArmor": (apparmor.parser("rules.profile"), "rules.aa", APPARMOR_SECONDS)}


def row(kind, count, name, samples, size):
    wall, cpu, mib = (statistics.median(column) for column in zip(*samples))
    return {"kind": kind, "rules": count, "who": name, "runs": len(samples), "wall": wall, "cpu": cpu, "mib": mib, "bytes": size}


def enough(samples):
    spent = [sample.cpu for sample in samples]
    return any(cpu > LONG for cpu in spent) or len(spent) >= FEWEST and (sum(spent) > ENOUGH or len(spent) >= MOST)


def pair(contenders, folder, kind, count):
    """A row for each contender: medians, or why it failed."""
    samples, failed, size = {name: [] for name in contenders}, {}, {}
    for _ in range(MOST):
        for name, (command, result, limit) in contenders.items():
            if name in failed or enough(samples[name]):
                continue
            try:
                samples[name].append(usage.measure(command, folder, limit, result if name == "AppArmor" else os.devnull))
                size[name] = os.path.getsize(os.path.join(folder, result))
            except usage.Failed as error:
                failed[name] = str(error)
    return [{"kind": kind, "rules": count, "who": name, "failed": failed[name]} if name in failed else row(kind, count, name, samples[name], size[name])
            for name in contenders]


def show(found):
    what = f"{found['rules']:>8} {found['kind']:<6} {found['who']:<9}"
    if "failed" in found:
        print(f"{what} fails: {found['failed']}", flush=True)
    else:
        print(f"{what} {found['cpu']:8.3f} {found['mib']:7.1f} {found['bytes'] / 1e6:8.2f}", flush=True)


def measure(build, folder, kind):
    rows, failed = [], set()
    for count in SIZES[kind]:
        contenders = {name: how for name, how in commands(build, folder, kind, count).items() if name not in failed}
        for found in pair(contenders, folder, kind, count):
            show(found)
            rows.append(found)
            if "failed" in found:
                failed.add(found["who"])
    return rows


def growth(build, kind):
    """How many times the CPU seconds of the fewer rules those of the more are: the median of pairs."""
    with tempfile.TemporaryDirectory() as few, tempfile.TemporaryDirectory() as many:
        runs = [(commands(build, folder, kind, count)["lsmpc"][0], folder) for folder, count in zip((few, many), GROWTH)]
        pairs = [[usage.measure(command, folder).cpu for command, folder in runs] for _ in range(PAIRS)]
    return statistics.median(more / fewer for fewer, more in pairs)


def ratios(rows):
    """How many times our CPU seconds each rival's are."""
    ours = {(found["kind"], found["rules"]): found["cpu"] for found in rows if found["who"] == "lsmpc" and "cpu" in found}
    for found in rows:
        if found["who"] != "lsmpc" and "cpu" in found:
            print(f"{found['rules']:>8} {found['kind']:<6} AppArmor / lsmpc {found['cpu'] / ours[found['kind'], found['rules']]:8.2f} ×")


def line(rows, kind, who, value):
    found = [row for row in rows if (row["kind"], row["who"]) == (kind, who)]
    failed = next((row for row in found if "failed" in row), None)
    curve = {"name": f"{who}, {kind}", "points": [[row["rules"], value(row)] for row in found if "failed" not in row]}
    return {**curve, "end": f"fails at {failed['rules']:,}"} if failed else curve


def panels(rows):
    values = {"Time to build": ("CPU seconds", lambda row: row["cpu"]), "Memory to build": ("peak MiB", lambda row: row["mib"]),
              "What is built": ("MB", lambda row: row["bytes"] / 1e6)}
    return [{"title": title, "x": "rules", "y": unit, "log": True, "lines": [line(rows, kind, who, value) for who in ("lsmpc", "AppArmor") for kind in SIZES]}
            for title, (unit, value) in values.items()]


def main(build, out):
    print(f"{'rules':>8} {'':16} {'CPU s':>8} {'MiB':>7} {'MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        rows = [found for kind in SIZES for found in measure(build, folder, kind)]
    ratios(rows)
    grown = {kind: growth(build, kind) for kind in SIZES}
    for kind, times in grown.items():
        print(f"  growth from {GROWTH[0]:,} to {GROWTH[1]:,}, {kind}: {times:.1f} ×")
    report.write(out, "build", {"growth": grown, "seed": SEED, "load": os.getloadavg()[0], "rows": rows}, panels(rows))
