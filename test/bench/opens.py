"""Whether policies of many rules decide as the plain matcher says. Usage: opens.py BUILD KERNEL RULES…

Mixed rules for two users (test/vm/many_paths.py); each user opens 10,000 paths, made of what the rules fit, many of them one byte off that. Each open is
compared with what the reference says (test/vm/path_reference.cpp), three times: the third is answered by what was kept. Fails where one differs, or where less than
30 % are decided by a rule."""
import os
import re
import sys
import tempfile

import guest
import report

HERE = os.path.dirname(os.path.abspath(__file__))
VM = os.path.join(HERE, "..", "vm")
SIZES = [10, 1_000, 10_000, 100_000]
USERS, PATHS, TIMES, SEED = [0, 7], 10_000, 3, 7
LEAST_DECIDED = 0.3
SCRIPT = f"opens make </paths\nlsmpctl load /policy >/dev/null && {{ {' '.join(f'opens {uid} {TIMES} </answers{uid};' for uid in USERS)} }}\n"
OUTCOMES = {"opens": "opens", "denied by a rule": "denied", "allowed by a rule": "allowed", "decided by none": "none",
            "one byte off what a rule fits": "byte off", "of these decided by none": "of them none", "wrong": "wrong"}
COLUMNS = "{:>7} {:>8}" + " {:>13}" * (len(OUTCOMES) + 1)


def prepare(build, folder, count):
    """Files of the guest: path there → path here."""
    stem = os.path.join(folder, f"rules{count}")
    guest.run(sys.executable, os.path.join(VM, "many_paths.py"), "mixed", str(count), str(PATHS), str(SEED), stem)
    for uid in USERS:
        with open(f"{stem}.answers{uid}", "w") as out:
            out.write(guest.run(os.path.join(build, "tests", "path_reference"), stem, str(uid)))
    guest.run(os.path.join(build, "bin", "lsmpc"), "build", "--target", ",".join(guest.KERNELS), "-o", folder, os.path.basename(stem) + ".lsmp", cwd=folder)
    program = os.path.join(folder, "opens")
    guest.run("cc", "-O2", "-static", "-D_GNU_SOURCE", os.path.join(VM, "cases", "path_tables", "opens.c"), "-o", program)
    answers = {f"/answers{uid}": f"{stem}.answers{uid}" for uid in USERS}
    return {"/policy": f"{stem}.bpf.o", "/paths": f"{stem}.paths", "/bin/opens": program, **answers}


def measure(build, folder, kernel, count, files):
    output = guest.boot(build, kernel, folder, SCRIPT, files)
    row = {"kernel": kernel, "rules": count, **dict.fromkeys(OUTCOMES.values(), 0)}
    for number, what in re.findall(r"(\d+) ([a-z ]+)", "\n".join(line for line in output.splitlines() if not line.startswith("#"))):
        row[OUTCOMES[what]] += int(number)
    row["differences"] = [line for line in output.splitlines() if line.startswith("#")]
    return row


def decided(row):
    return (row["denied"] + row["allowed"]) / row["opens"] if row["opens"] else 0


def isGood(row):
    return row["opens"] == PATHS * len(USERS) and not row["wrong"] and decided(row) >= LEAST_DECIDED


def show(row):
    numbers = [f"{row[name]:,}" for name in OUTCOMES.values()]
    print(COLUMNS.format(row["kernel"], f"{row['rules']:,}", *numbers[:4], f"{decided(row):.0%}", *numbers[4:]), flush=True)
    for line in row["differences"] + ([] if isGood(row) else ["# not as the reference says, or not enough of it"]):
        print(line)


def run(build, kernels, sizes):
    print(COLUMNS.format("kernel", "rules", *list(OUTCOMES.values())[:4], "by a rule", *list(OUTCOMES.values())[4:]))
    rows = []
    for count in sizes:
        with tempfile.TemporaryDirectory() as folder:
            files = prepare(build, folder, count)
            for kernel in kernels:
                rows.append(measure(build, folder, kernel, count, files))
                show(rows[-1])
    return rows


def main(build, out):
    rows = run(build, guest.cached(build), SIZES)
    report.write(out, "opens", {"times": TIMES, "rows": rows})
    if not all(map(isGood, rows)):
        sys.exit(1)


if __name__ == "__main__":
    sys.exit(0 if all(map(isGood, run(sys.argv[1], [sys.argv[2]], map(int, sys.argv[3:])))) else 1)
