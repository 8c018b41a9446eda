"""Whether `lsmpc verify` says of random policies what loading them on a real kernel shows: verify_agrees.py KERNEL FIRST COUNT

Policies of test/oracle with rules on raw fields added, built in turn for the newest kernel alone, for that one and KERNEL, and for a kernel that is 6.1 but for
its task storage: there objects differ from those of 5.10 in fields, not in maps. Each object is loaded in one guest, in audit mode. Prints how many load and how many do not, by what
verify found, the refusals by the guest's code, and each difference; exit 1 for any, or where one of the two verdicts is not there."""
import collections
import json
import os
import random
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "oracle"))
import random_policy

BUILD = os.environ.get("LSMPC_BUILD", os.path.join(HERE, "..", "..", "build"))
LSMPC = os.path.join(BUILD, "bin", "lsmpc")
KERNELS = os.path.join(BUILD, "share", "lsmpc", "kernels")
NEWEST = "7.3"
# Of task_struct: on all kernels; since some time after 5.10; of other types by then. With a value that each can have.
FIELDS = {"flags": 64, "prio": 120, "exit_code": 0, "in_execve": 1, "pdeath_signal": 0, "tgid": 77, "nvcsw": 5, "utime": 0, "policy": 0,
          "__state": 0, "migration_disabled": 1, "rcu_read_lock_nesting": 1, "sched_task_hot": 1, "in_lru_fault": 1, "in_eventfd": 1, "on_cpu": 1, "on_rq": 1,
          "se.on_rq": 1, "signal.nr_threads": 1, "mm.total_vm": 9, "cred.securebits": 0, "rcu_tasks_nvcsw": 1}
RENAMED = (b"BPF_MAP_TYPE_TASK_STORAGE", b"BPF_FUNC_get_current_task_btf")


def without_storage(folder):
    """6.1's BTF with other names for what tells of task storage."""
    path = os.path.join(folder, "older.btf")
    types = open(os.path.join(KERNELS, "6.1.btf"), "rb").read()
    for name in RENAMED:
        assert types.count(b"\0" + name + b"\0") == 1, name
        types = types.replace(b"\0" + name + b"\0", b"\0" + name[:-1] + b"X\0")
    open(path, "wb").write(types)
    return path


def write_policy(seed, path):
    chooser = random.Random(seed)
    text = random_policy.policy(seed, 1).split("\ntest ")[0]
    hooks = re.findall(r"^on (\w+)", text, re.M)
    for _ in range(chooser.choice((0, 1, 1, 2))):
        field = chooser.choice(sorted(FIELDS))
        first = f"current().{chooser.choice(sorted(FIELDS))} == 1 and " if chooser.random() < 0.2 else ""
        text += f"\non {chooser.choice(hooks)} when {first}current().{field} == {FIELDS[field]} audit"
    if chooser.random() < 0.1:
        text += "\non path_post_mknod if present when uid == 7 audit"
    open(path, "w").write(text + "\n")


def build(seed, folder, kernel, older):
    """The object, and for which targets; None where the compiler refuses the policy."""
    targets = (NEWEST, f"{kernel},{NEWEST}", older, older)[seed % 4]
    path, out = os.path.join(folder, f"p{seed}.lsmp"), os.path.join(folder, f"o{seed}")
    write_policy(seed, path)
    done = subprocess.run([LSMPC, "build", "--target", targets, "-o", out, path], capture_output=True, text=True)
    if done.returncode == 0:
        return os.path.join(out, f"random_{seed}.bpf.o")
    codes = set(re.findall(r"error (E\d+)", done.stderr))
    if done.returncode != 1 or not codes <= {"E0402", "E0605", "E0203"}:  # too large; what one of several targets lacks
        sys.exit(f"policy {seed} does not build: {done.stderr}")
    return None


def verdicts(kernel, objects):
    """By path: codes of what verify found, in order of the findings."""
    done = subprocess.run([LSMPC, "verify", "--target", kernel, "--format", "json", *objects], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"verify: exit {done.returncode}: {done.stderr}")
    said = {}
    for one in json.loads(done.stdout)["objects"]:
        said[one["object"]] = [f["code"] for f in one["problems"] + [f for target in one["targets"] for f in target["findings"]]]
    return said


def loads(kernel, objects, folder):
    """By path: "" or the code of the refusal, and its words."""
    script = os.path.join(folder, "all.sh")
    lines = [f"lsmpctl load --audit --force /o/{i}.bpf.o > /out 2>&1; echo \"status {i} $?\"; cat /out; lsmpctl unload --all > /dev/null 2>&1" for i in range(len(objects))]
    open(script, "w").write("\n".join(lines) + "\n")
    command = [LSMPC, "try", "--kernel", kernel, "--no-load", "--seconds", str(300 + 30 * len(objects)), "--file", f"{script}:/all.sh"]
    for i, path in enumerate(objects):
        command += ["--file", f"{path}:/o/{i}.bpf.o"]
    done = subprocess.run(command + ["--", "sh", "/all.sh"], capture_output=True, text=True, errors="replace")
    if done.returncode:
        sys.exit(f"the guest did not finish: {done.stdout[-2000:]}{done.stderr}")
    found = {}
    for part in re.split(r"^status ", done.stdout, flags=re.M)[1:]:
        number, status, words = re.match(r"(\d+) (\d+)\n(.*)", part, re.S).groups()
        code = re.search(r"error\[(R\d+)\]", words)
        found[objects[int(number)]] = ("" if status == "0" else code[1] if code else f"status {status}", words)
    return found


def main(kernel, first, count):
    with tempfile.TemporaryDirectory() as folder:
        older = without_storage(folder)
        made = [build(seed, folder, kernel, older) for seed in range(first, first + count)]
        objects = [path for path in made if path]
        said, found = verdicts(kernel, objects), loads(kernel, objects, folder)
    wrong, both, by_code, refusals = 0, collections.Counter(), collections.Counter(), collections.Counter()
    for path in objects:
        code, words = found.get(path, ("nothing", ""))
        both[bool(said[path]), bool(code)] += 1
        by_code.update(set(said[path]))
        refusals.update([code] if code else [])
        if bool(said[path]) != bool(code):
            wrong += 1
            print(f"{os.path.basename(path)}: verify found {said[path] or 'nothing'}, the kernel {code or 'takes it'}\n{words}")
    print(f"found by verify: {dict(sorted(by_code.items()))}; refused by the guest: {dict(sorted(refusals.items()))}; {made.count(None)} not built")
    print(f"kernel {kernel}: {len(objects)} objects, {both[False, False]} load, {both[True, True]} do not, {wrong} differences")
    return 1 if wrong or not both[False, False] or not both[True, True] else 0


sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
