"""Cost of `lsmpc build` for policies of rules.py, paired with `apparmor_parser` on the same rules as a profile, up to where it fails.

Runs alternate, and a run of over three seconds is not repeated."""
import os
import statistics
import tempfile

import apparmor
import report
import rules
import usage

SIZES = {"mixed": [10, 100, 1_000, 2_000, 3_000, 10_000, 30_000, 100_000], "glob": [10, 100, 300, 1_000, 10_000, 100_000]}
RUNS, LONG = 3, 3.0
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


def pair(contenders, folder, kind, count):
    """A row for each contender: medians, or why it failed."""
    samples, failed, size = {name: [] for name in contenders}, {}, {}
    for _ in range(RUNS):
        for name, (command, result, limit) in contenders.items():
            if name in failed or any(sample.cpu > LONG for sample in samples[name]):
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


def ratios(rows):
    """How many times our CPU seconds each rival's are, and how ours grow."""
    ours = {(found["kind"], found["rules"]): found["cpu"] for found in rows if found["who"] == "lsmpc" and "cpu" in found}
    for found in rows:
        if found["who"] != "lsmpc" and "cpu" in found:
            print(f"{found['rules']:>8} {found['kind']:<6} AppArmor / lsmpc {found['cpu'] / ours[found['kind'], found['rules']]:8.2f} ×")
    for kind in SIZES:
        print(f"  growth from 10,000 to 100,000, {kind}: {ours[kind, 100_000] / ours[kind, 10_000]:.1f} ×")


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
    report.write(out, "build", {"runs": RUNS, "seed": SEED, "load": os.getloadavg()[0], "rows": rows}, panels(rows))
