"""What a policy adds to open and close of a file, in instructions that a guest executes (lsmpc try --count-instructions).

The guest's clock goes on by a nanosecond an instruction, so that the numbers hardly differ from run to run: the least of many rounds. Rivals: an
empty LSM program, and one in C that compares bpf_d_path with a constant. OUT.json has the numbers."""
import json
import os
import re
import subprocess
import tempfile

import rules

KERNELS = ["5.10", "6.1", "6.12", "7.3"]
TARGETS = ",".join(KERNELS)
ROUNDS, FILES = 40, 64
FOLDER = "/srv/www/html/docs"  # in the guest's root: no mount is crossed; 28 bytes with a name
HERE = os.path.dirname(os.path.abspath(__file__))
POLICIES = {
    "uid": "on file_open when uid == 4242 deny\n",
    "six attributes": "on file_open when loginuid == 4242 or parent.uid == 77 or ns.mnt == 3 or egid == 9 or ns.user == 4 or tid == 999999 deny\n",
    "1 path rule": 'on file_open when path ~ "/etc/*" deny\n',
    "10 path rules": "".join(f'on file_open when path ~ "/srv/app{n}/**" deny\n' for n in range(10)),
    "60 path rules": "".join(f'on file_open when path ~ "/srv/app{n}/**" deny\n' for n in range(60)),
}
HEAD = '#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n#include <bpf/bpf_core_read.h>\nchar LICENSE[] SEC("license") = "GPL";\n'
PROGRAMS = {
    "empty program": HEAD + 'SEC("lsm/file_open") int empty(void *ctx) { return 0; }\n',
    "C, bpf_d_path": HEAD + """
struct path { void *mnt; } __attribute__((preserve_access_index));
struct file { struct path f_path; } __attribute__((preserve_access_index));
struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, char[4096]); } scratch SEC(".maps");
SEC("lsm/file_open") int compare(unsigned long long *ctx)
{
  struct file *file = (void *)ctx[0];
  __u32 zero = 0;
  char *path = bpf_map_lookup_elem(&scratch, &zero);
  if (!path || bpf_d_path(&file->f_path, path, 4096) < 0) return -1;
  return path[0] == '/' && path[1] == 'e' && path[2] == 't' && path[3] == 'c' && path[4] == '/' ? -1 : 0;
}
""",
}
SCRIPT = """mkdir -p {folder}
files=""
for i in $(seq 1 {count}); do files="$files {folder}/page-$((1000 + i))"; echo x >{folder}/page-$((1000 + i)); done
echo "none: $(pairs warm {rounds} $files)"
"""


# Seven of ten ask for a whole path (rules.py).
for count in (100, 1_000, 10_000, 100_000):
    POLICIES[f"{count:,} mixed path rules"] = "".join(f"on file_open when {rules.condition(form, pattern)} deny\n" for form, pattern in rules.generate("mixed", count, 1))


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=True, **options)


def make(build, folder):
    """Objects by name, policies and rivals; and the program that opens."""
    run("cc", "-O2", "-static", os.path.join(HERE, "pairs.c"), "-o", os.path.join(folder, "pairs"))
    objects = {}
    for number, (name, text) in enumerate(POLICIES.items()):
        open(os.path.join(folder, f"policy{number}.lsmp"), "w").write(text)
        run(os.path.join(build, "bin", "lsmpc"), "build", "--target", TARGETS, "-o", folder, f"policy{number}.lsmp", cwd=folder)
        objects[name] = f"policy{number}.bpf.o"
    headers = "/usr/include/" + run("cc", "-print-multiarch").stdout.strip()
    for number, (name, text) in enumerate(PROGRAMS.items()):
        open(os.path.join(folder, f"rival{number}.c"), "w").write(text)
        run("clang-19", "-O2", "-g", "-target", "bpf", "-D__TARGET_ARCH_x86", "-I", headers, "-c", f"rival{number}.c", "-o",
            f"rival{number}.o", cwd=folder)
        objects[name] = f"rival{number}.o"
    return objects


def measure(build, folder, objects, kernel):
    """Instructions by name; a rival that the kernel refuses is missing."""
    script = SCRIPT.format(folder=FOLDER, count=FILES, rounds=ROUNDS)
    for name, file in objects.items():
        if file.startswith("rival"):
            script += f'echo "{name}: $(plain /{file} pairs warm {ROUNDS} $files 2>/dev/null)"\n'
        else:
            script += f'lsmpctl load /{file} >/dev/null 2>&1 && echo "{name}: $(pairs warm {ROUNDS} $files)"; lsmpctl unload --all >/dev/null\n'
    open(os.path.join(folder, "all.sh"), "w").write(script)
    files = {os.path.join(folder, "all.sh"): "/all.sh", os.path.join(folder, "pairs"): "/bin/pairs",
             os.path.join(build, "tests", "vm", "plain_libbpf", "plain"): "/bin/plain"}
    files.update({os.path.join(folder, file): "/" + file for file in objects.values()})
    command = [os.path.join(build, "bin", "lsmpc"), "try", "--count-instructions", "--kernel", kernel, "--no-load", "--seconds", "900"]
    for host, guest in files.items():
        command += ["--file", f"{host}:{guest}"]
    output = run(*command, "--", "sh", "/all.sh").stdout
    return {match[1]: int(match[2]) for match in re.finditer(r"^(.+): (\d+) ", output, re.M)}


def main(build, out):
    with tempfile.TemporaryDirectory() as folder:
        objects = make(build, folder)
        listed = run(os.path.join(build, "bin", "lsmpc"), "kernels", "list").stdout
        cached = {line.split()[0] for line in listed.splitlines() if line}
        found = {kernel: measure(build, folder, objects, kernel) for kernel in KERNELS if kernel in cached}
    print(f"{'added to open and close, instructions':40}" + "".join(f"{kernel:>8}" for kernel in found))
    print(f"{'(the pair itself)':40}" + "".join(f"{numbers['none']:>8}" for numbers in found.values()))
    for name in objects:
        cells = [str(numbers[name] - numbers["none"]) if name in numbers else "-" for numbers in found.values()]
        print(f"{name:40}" + "".join(f"{cell:>8}" for cell in cells))
    with open(os.path.join(out, "event.json"), "w") as file:
        json.dump({"schema": "lsmpc-bench", "version": 1, "files": FILES, "rounds": ROUNDS, "kernels": found}, file, indent=1)
