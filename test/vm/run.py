"""Runs the kernel tests of one kernel in one guest. Usage: run.py KERNEL [CASE…] [NAME=VALUE…]

A case is a folder of test/vm/cases: `case.sh` (run in the guest with lib.sh read, in a folder of its own), policies *.lsmp
(built for all shipped kernels that TARGETS names; `NAME.bpf.o` in the guest), C programs (static, in the guest under their stem), other
files as they are. `objects.sh` makes more objects on the host: it runs in the case's folder with OUT, where they go, KERNEL, TARGETS and the NAME=VALUE.
`host-files` names programs of the host that the guest gets with their shared libraries; one without a folder is of this build, in /bin there. /cases/act makes system calls and
calls.sh runs tables of them; /cases/plain loads an object with libbpf alone; /cases/misses counts what the cache of paths could not answer; /cases/opens opens a file so
many times; /cases/hold keeps the lock on a folder;
/cases/tracer, in_force and trace.sh stop lsmpctl at its system calls and look what is in force then. A file `boot` holds kernel arguments: such cases get a
guest of their own for each different line, and run once for each of theirs. NAME=VALUE: for the scripts of the cases, of which some run longer that way; CASE_SECONDS how long one may.
A case that goes wrong is run once more, in a fresh guest. A case that may be skipped on a kernel stands in unsupported.txt; any other skip is a failure.
kernels.txt says which cases a whole run has on some kernels only."""
import os
import re
import shlex
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
# A policy for kernels that all have task storage is linked with another library (stdlib/bpf/library_bitcode.h): half of the guests try that one.
EVERY_KERNEL, WITH_STORAGE = "5.10,6.1,6.12,7.3", "6.1,6.12,7.3"
TARGETS = {"5.10": EVERY_KERNEL, "6.1": WITH_STORAGE, "6.12": EVERY_KERNEL, "7.3": WITH_STORAGE}
SETTINGS = {"CASE_SECONDS": "480"}


def build_folder():
    return os.environ.get("LSMPC_BUILD", os.path.join(HERE, "..", "..", "build"))


def case_names():
    folder = os.path.join(HERE, "cases")
    return sorted(name for name in os.listdir(folder) if os.path.exists(os.path.join(folder, name, "case.sh")))


def of_kernel(kernel, cases):
    """Those of a whole run: kernels.txt names the kernels of some."""
    some = {words[0]: words[1:] for words in (line.split("#")[0].split() for line in open(os.path.join(HERE, "kernels.txt"))) if words}
    unknown = some.keys() - set(cases)
    if unknown:
        sys.exit(f"kernels.txt names no case: {' '.join(sorted(unknown))}")
    return [case for case in cases if kernel in some.get(case, [kernel])]


def boots(case):
    path = os.path.join(HERE, "cases", case, "boot")
    return open(path).read().splitlines() if os.path.exists(path) else [""]


def allowed_skips(kernel):
    allowed = {}
    for line in open(os.path.join(HERE, "unsupported.txt")):
        words = line.split("#")[0].split(None, 2)
        if len(words) == 3 and words[0] == kernel:
            allowed[words[1]] = words[2].strip()
    return allowed


def compile_policies(case, folder, targets):
    sources = sorted(name for name in os.listdir(os.path.join(HERE, "cases", case)) if name.endswith(".lsmp"))
    if not sources:
        return []
    out = os.path.join(folder, case)
    result = subprocess.run([os.path.join(build_folder(), "bin", "lsmpc"), "build", "--target", targets, "-o", out, *sources],
                            cwd=os.path.join(HERE, "cases", case), capture_output=True, text=True)
    if result.returncode:
        print(f"not ok {case}: its policies do not build\n{result.stderr}")
        return None
    return [(os.path.join(out, name), name) for name in sorted(os.listdir(out)) if name.endswith(".bpf.o")]


def make_objects(case, folder, kernel):
    """What objects.sh leaves in OUT; None where it fails."""
    source = os.path.join(HERE, "cases", case)
    if not os.path.exists(os.path.join(source, "objects.sh")):
        return []
    out = os.path.join(folder, case + ".made")
    os.mkdir(out)
    tools = os.pathsep.join([os.path.join(os.path.abspath(build_folder()), "bin"), "/usr/lib/llvm-19/bin", os.environ["PATH"]])
    result = subprocess.run(["sh", "-e", "objects.sh"], cwd=source, capture_output=True, text=True, env={**os.environ, **SETTINGS, "OUT": out, "KERNEL": kernel, "TARGETS": TARGETS[kernel], "PATH": tools})
    if result.returncode:
        print(f"not ok {case}: objects.sh fails\n{result.stdout}{result.stderr}")
        return None
    return [(os.path.join(out, name), name) for name in sorted(os.listdir(out))]


def host_files(case):
    """Programs of the host at their own paths, or of this build, with the libraries that ldd names."""
    listed = os.path.join(HERE, "cases", case, "host-files")
    files = {}
    for program in open(listed).read().split() if os.path.exists(listed) else []:
        host, guest = (program, program) if "/" in program else (os.path.join(build_folder(), "bin", program), f"/bin/{program}")
        words = subprocess.run(["ldd", host], capture_output=True, text=True, check=True).stdout
        files.update({guest: host, **{path: path for path in re.findall(r"(/\S+) \(0x", words)}})
    return [(os.path.realpath(host), guest) for guest, host in files.items()]


def files_of(case, folder, kernel):
    objects, made = compile_policies(case, folder, TARGETS[kernel]), make_objects(case, folder, kernel)
    if objects is None or made is None:
        return None
    source = os.path.join(HERE, "cases", case)
    hidden = ("boot", "objects.sh", "host-files")
    plain = [(os.path.join(source, name), name) for name in sorted(os.listdir(source)) if not name.endswith(".c") and name not in hidden]
    built = os.path.join(build_folder(), "tests", "vm", case)
    programs = [(os.path.join(built, name), name) for name in sorted(os.listdir(built))] if os.path.isdir(built) else []
    return [(host, f"/cases/{case}/{name}") for host, name in objects + made + plain + programs] + host_files(case)


def shared_files():
    programs = [os.path.join(build_folder(), "tests", "vm", *place) for place in (("act", "act"), ("plain_libbpf", "plain"), ("path_cache", "misses"), ("opens", "opens"), ("hold", "hold"), ("trace", "tracer"), ("trace", "in_force"))]
    scripts = [os.path.join(HERE, name) for name in ("lib.sh", "calls.sh", "calls.awk", "recipes.sh", os.path.join("trace", "trace.sh"))]
    return [(path, f"/cases/{os.path.basename(path)}") for path in scripts + programs]


def run_guest(kernel, cases, arguments):
    """Output lines of one guest, and whether it came to its end."""
    with tempfile.TemporaryDirectory() as folder:
        good, files = [], shared_files()
        for case in cases:
            found = files_of(case, folder, kernel)
            if found is not None:
                good.append(case)
                files += found
        script = "".join(f"export {name}={shlex.quote(value)}\n" for name, value in SETTINGS.items())
        script += "\n".join(f"began=$(date +%s); cd /cases/{case} && CASE={case} timeout $CASE_SECONDS sh -c '. /cases/lib.sh; . /cases/calls.sh; . /cases/recipes.sh; . ./case.sh' 2>&1; "
                           f"echo \"end {case} $? $(($(date +%s) - began))\"; lsmpctl unload --all >/dev/null 2>&1" for case in good)
        path = os.path.join(folder, "all.sh")
        open(path, "w").write(script + "\n")
        command = [os.path.join(build_folder(), "bin", "lsmpc"), "try", "--kernel", kernel, "--no-load", "--seconds", str(max(3600, 2 * int(SETTINGS["CASE_SECONDS"])))]
        if arguments:
            command += ["--kernel-arguments", arguments]
        for host, guest in files + [(path, "/cases/all.sh")]:
            command += ["--file", f"{host}:{guest}"]
        result = subprocess.run(command + ["--", "sh", "/cases/all.sh"], capture_output=True, text=True, errors="replace")
        return result.stdout.splitlines(), result.returncode == 0, result.stderr


def judge(kernel, cases, lines):
    allowed, counts, wrong = allowed_skips(kernel), {"ok": 0, "skip": 0}, []
    ended, seconds = {}, {}
    for line in lines:
        match = re.match(r"(ok|not ok|skip|end) (\w+):? ?(.*)", line)
        if not match:
            continue
        kind, case, text = match.groups()
        if kind == "end":
            status, _, seconds[case] = text.partition(" ")
            ended.setdefault(case, []).append(status)
        elif kind == "not ok" or (kind == "skip" and allowed.get(case) not in ("*", text)):
            wrong.append(line)
        else:
            counts[kind] += 1
    for case in cases:
        if ended.get(case) != ["0"] * len(boots(case)):
            wrong.append(f"not ok {case}: its script ended with {' '.join(ended.get(case, ['nothing']))}")
    slow = sorted(seconds, key=lambda case: -int(seconds[case] or 0))[:8]
    print("slowest: " + ", ".join(f"{case} {seconds[case]} s" for case in slow))
    return counts, wrong


def run(kernel, cases):
    """Counts of ok and skipped lines, what is wrong, and the cases that it is wrong in."""
    lines, wrong = [], []
    for arguments in sorted({line for case in cases for line in boots(case)}):
        output, finished, words = run_guest(kernel, [case for case in cases if arguments in boots(case)], arguments)
        lines += output
        if not finished:
            wrong.append(f"the guest did not finish: {words.strip()}")
    print("\n".join(line for line in lines if not line.startswith("ok ")))
    counts, more = judge(kernel, cases, lines)
    wrong += more
    print("\n".join(wrong))
    bad = {match[1] for match in (re.match(r"(?:not ok|skip) (\w+):", line) for line in more) if match}
    return counts, wrong, sorted(bad & set(cases))


def main(kernel, only):
    cases = only or of_kernel(kernel, case_names())
    counts, wrong, bad = run(kernel, cases)
    if bad:
        # Emulated processors are slow and not without faults: what was wrong once gets a fresh guest; what is wrong twice is wrong.
        print(f"again: {' '.join(bad)}")
        more, wrong, _ = run(kernel, bad)
        counts = {kind: counts[kind] + more[kind] for kind in counts}
    print(f"kernel {kernel}: {counts['ok']} ok, {counts['skip']} skipped as allowed, {len(wrong)} wrong")
    return 1 if wrong or not counts["ok"] else 0


words = [word for word in sys.argv[2:] if "=" not in word]
SETTINGS.update(word.split("=", 1) for word in sys.argv[2:] if "=" in word)
sys.exit(main(sys.argv[1], words))
