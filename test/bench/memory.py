"""What a policy takes in the kernel and to get there: bytes of its maps and programs, instructions of `lsmpctl load`, those that the verifier goes
through (Linux 5.16 and later say so). In guests that count instructions; account.c measures."""
import os
import re
import tempfile

import apparmor
import contenders
import guest
import report
import rules

SIZES = [10, 100, 1_000, 10_000, 100_000]
COLUMNS = "{:>10} {:>8} {:>12} {:>10} {:>10} {:>12} {:>13}"


def objects(build, folder):
    """(who, rules) → file."""
    found = {("lsmpc", count): contenders.compile_policy(build, folder, f"policy{count}", contenders.policy("open", count)) for count in SIZES}
    for count in contenders.APPARMOR_SIZES:
        text = apparmor.profile(rules.generate("mixed", count, contenders.SEED))
        found["AppArmor", count] = apparmor.compile(text, folder, f"profile{count}")
    return found


# Loaded once before, so that what the first load alone takes does not count.
STEPS = {
    "lsmpc": "lsmpctl load /{name} >/dev/null 2>&1; lsmpctl unload --all >/dev/null; sleep 1\n"
             "echo {name} $(account lsmpctl load /{name} 2>/dev/null); lsmpctl unload --all >/dev/null; sleep 1\n",
    "AppArmor": "echo {name} $(account dd if=/{name} of=/sys/kernel/security/apparmor/.load bs=16M 2>/dev/null); "
                "printf bench >/sys/kernel/security/apparmor/.remove; sleep 1\n",
}


def measure(build, folder, kernel, compiled):
    rows = []
    for who, arguments in (("lsmpc", ""), ("AppArmor", guest.APPARMOR)):
        chosen = {f"{who}-{count}": (count, path) for (owner, count), path in compiled.items() if owner == who and path}
        files = {"/bin/account": os.path.join(folder, "account"), **{f"/{name}": path for name, (_, path) in chosen.items()}}
        output = guest.count(build, kernel, folder, "".join(STEPS[who].format(name=name) for name in chosen), files, arguments)
        for name, numbers in re.findall(r"^(\w+-\d+) (cpu .+)$", output, re.M):
            rows.append({"kernel": kernel, "who": who, "rules": chosen[name][0], "file_bytes": os.path.getsize(chosen[name][1]),
                         **{key: int(value) for key, value in re.findall(r"(\w+) (-?\d+)", numbers)}})
    return rows


def kib(row):
    """What the maps and programs hold. The kernel says that of no profile: there it is the compiled profile, whose tables it keeps."""
    return (row["map_bytes"] + row["program_bytes"] if row["who"] == "lsmpc" else row["file_bytes"]) / 1024


def per_rule(rows, row):
    """Bytes of each rule beyond those of the next smaller policy."""
    smaller = [other for other in rows if (other["kernel"], other["who"]) == (row["kernel"], row["who"]) and other["rules"] < row["rules"]]
    return (kib(row) - kib(smaller[-1])) * 1024 / (row["rules"] - smaller[-1]["rules"]) if smaller else None


def show(rows):
    print(COLUMNS.format("rules", "kernel", "", "KiB", "B a rule", "load, M ins.", "verifier ins."))
    for row in rows:
        each, verified = per_rule(rows, row), row["program_verified"]
        print(COLUMNS.format(f"{row['rules']:,}", row["kernel"], row["who"], f"{kib(row):,.0f}", "-" if each is None else f"{each:,.0f}",
                             f"{row['cpu'] / 1e6:,.0f}", f"{verified:,}" if verified else "-"))


def panels(rows, kernel):
    values = {"Memory in the kernel": ("KiB", kib), "Loading": ("million instructions", lambda row: row["cpu"] / 1e6),
              "The verifier": ("instructions gone through", lambda row: row["program_verified"])}
    chosen = [row for row in rows if row["kernel"] == kernel]
    lines = {title: [{"name": who, "points": [[row["rules"], value(row)] for row in chosen if row["who"] == who and value(row) > 0],
                      **({"end": "its parser fails at 3,000"} if who == "AppArmor" else {})} for who in ("lsmpc", "AppArmor")]
             for title, (_, value) in values.items()}
    return [{"title": f"{title}, Linux {kernel}", "x": "mixed path rules", "y": values[title][0], "log": True, "lines": [line for line in drawn if line["points"]]}
            for title, drawn in lines.items()]


def main(build, out):
    here = os.path.dirname(os.path.abspath(__file__))
    with tempfile.TemporaryDirectory() as folder:
        guest.run("cc", "-O2", "-static", os.path.join(here, "account.c"), "-o", os.path.join(folder, "account"))
        compiled = objects(build, folder)
        kernels = guest.cached(build)
        rows = [row for kernel in kernels for row in measure(build, folder, kernel, compiled)]
    show(rows)
    report.write(out, "memory", {"rows": rows}, panels(rows, "6.1" if "6.1" in kernels else kernels[0]))
