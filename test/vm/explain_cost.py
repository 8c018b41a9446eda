"""What `lsmpc build --explain-cost` says of policies, and what a guest that counts instructions measures. Usage: explain_cost.py FOLDER [KERNEL]

The estimate has to be at least what is measured (of files that are opened for the first time: nothing is kept for them) and, for paths that patterns follow to their end, at most MOST times as much; the verifier's within
VERIFIED of it. FOLDER is for what is built. Prints a row a policy: docs/performance.md has them."""
import json
import os
import re
import subprocess
import sys

MOST, VERIFIED = 2.0, (0.6, 2.2)
HERE = os.path.dirname(os.path.abspath(__file__))
FILES, ROUNDS = 320, 10
FOLDER = "/srv/www/html/docs/big"  # with a name of nine bytes: the path that the estimate is for
CONDITIONS = {
    "uid": ["uid == 4242"],
    "six attributes": ["loginuid == 4242 or parent.uid == 77 or ns.mnt == 3 or egid == 9 or ns.user == 4 or tid == 999999"],
    "a set of 1,000 uids": ["uid in {" + ", ".join(str(1000 + 3 * n) for n in range(1000)) + "}"],
    "comm": ['comm ~ "pairs*nosuch"'],
    "exe": ['exe == "/bin/nosuch"'],
    "a path": ['path ~ "/srv/**/*nosuch"'],
    "a path or a uid": ['path ~ "/srv/**/*nosuch" or uid == 4242'],
    "a set of 200 paths": ["path in {" + ", ".join(f'"/etc/app{n}/x"' for n in range(200)) + "}"],
    "10 paths": [f'path ~ "/srv/**/nosuch{n}"' for n in range(10)],
    "30 uids and paths": [f'path ~ "/srv/**/nosuch{n}" and uid != {n + 1}' for n in range(30)],
    "60 uids": [f"uid == {1000 + n}" for n in range(60)],
    "1,000 uids": [f"uid == {1000 + 3 * n}" for n in range(1000)],
    "60 uids, each with a gid": [f"uid == {n} and gid == {4000 + n % 3}" for n in range(60)],
    "100 paths": [f'path ~ "/srv/**/*nosuch{n}x"' for n in range(100)],
}
POLICIES = {name: "".join(f"on file_open when {one} deny\n" for one in conditions) for name, conditions in CONDITIONS.items()}
POLICIES["a recorded path"] = 'on file_open when path ~ "/srv/**" audit\n'


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=True, **options)


def build(folder, kernel):
    """What is said of each policy's hook."""
    said = {}
    for number, (name, text) in enumerate(POLICIES.items()):
        open(os.path.join(folder, f"p{number}.lsmp"), "w").write(text)
        output = run("lsmpc", "build", "--target", kernel, "--explain-cost", "--format", "json", "-o", folder, f"p{number}.lsmp", cwd=folder).stdout
        cost = next(document for document in map(json.loads, output.splitlines()) if document.get("schema") == "lsmp-cost")
        said[name] = cost["hooks"][0]
    for program, source in (("pairs", "../bench/pairs.c"), ("verified", "Inputs/verified.c")):
        run("cc", "-O2", "-static", os.path.join(HERE, source), "-o", os.path.join(folder, program))
    return said


def measure(folder, kernel):
    """By policy: instructions added to open and close, and those that the verifier followed."""
    script = f'mkdir -p {FOLDER}\nfiles=""\nfor i in $(seq 1 {FILES}); do files="$files {FOLDER}/page-$((1000 + i))"; done\nfor f in $files; do echo x >$f; done\n'
    script += f"pairs first {ROUNDS} $files >/dev/null\n"  # the first time fills the kernel's own caches
    script += f'echo "none: $(pairs first {ROUNDS} $files | cut -d" " -f1)"\n'
    for number, name in enumerate(POLICIES):
        script += f'lsmpctl load /p{number}.bpf.o >/dev/null && echo "{name}: $(pairs first {ROUNDS} $files | cut -d" " -f1) $(verified | grep lsmp_file_open)"; lsmpctl unload --all >/dev/null\n'
    open(os.path.join(folder, "all.sh"), "w").write(script)
    command = ["lsmpc", "try", "--count-instructions", "--kernel", kernel, "--no-load", "--seconds", "300"]
    for host, guest in [("all.sh", "/all.sh"), ("pairs", "/bin/pairs"), ("verified", "/bin/verified")]:
        command += ["--file", f"{os.path.join(folder, host)}:{guest}"]
    for number in range(len(POLICIES)):
        command += ["--file", f"{os.path.join(folder, f'p{number}.bpf.o')}:/p{number}.bpf.o"]
    output = run(*command, "--", "sh", "/all.sh").stdout
    bare = int(re.search(r"^none: (\d+)$", output, re.M)[1])
    return {found[1]: (int(found[2]) - bare, int(found[3])) for found in re.finditer(r"^(.+): (\d+) lsmp_file_open (\d+)$", output, re.M)}


def judge(said, measured):
    """Prints the rows; how many are wrong."""
    wrong = 0
    print(f"{'policy':22}{'measured':>10}{'said':>8}{'':6}{'verified':>10}{'said':>10}")
    for name, hook in said.items():
        instructions, verified = measured.get(name, (0, 0))
        estimate = hook["event"]["instructions"] + (hook["record"]["instructions"] if name.startswith("a recorded") else 0)
        if not instructions or not verified:
            good, times, share = False, 0, 0
        else:
            times, share = estimate / instructions, hook["event"]["verifier"] / verified
            good = 1 <= times <= MOST and VERIFIED[0] <= share <= VERIFIED[1]
        wrong += not good
        print(f"{name:22}{instructions:10}{estimate:8}{times:6.2f}{verified:10}{hook['event']['verifier']:10}{share:6.2f}{'' if good else '  WRONG'}")
    return wrong


if __name__ == "__main__":
    folder, kernel = os.path.abspath(sys.argv[1]), (sys.argv[2:] or ["6.1"])[0]
    os.makedirs(folder, exist_ok=True)
    sys.exit(1 if judge(build(folder, kernel), measure(folder, kernel)) else 0)
