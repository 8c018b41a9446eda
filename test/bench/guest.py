"""Guests for benches."""
import os
import subprocess

KERNELS = ["5.10", "6.1", "6.12", "7.3"]
APPARMOR = "apparmor=1 lsm=lockdown,capability,landlock,yama,apparmor,bpf"  # after the words of `lsmpc try`: the last `lsm=` holds


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=True, **options).stdout


def cached(build):
    listed = run(os.path.join(build, "bin", "lsmpc"), "kernels", "list")
    there = {line.split()[0] for line in listed.splitlines() if line}
    return [kernel for kernel in KERNELS if kernel in there]


def boot(build, kernel, folder, script, files, *words):
    """What the script prints in a guest with `files`: path in the guest → path here. `words`: more of `lsmpc try`."""
    path = os.path.join(folder, "all.sh")
    with open(path, "w") as out:
        out.write(script + "exit 0\n")  # what a kernel refuses is missing in what is printed
    command = [os.path.join(build, "bin", "lsmpc"), "try", "--kernel", kernel, "--no-load", "--seconds", "1200", *words]
    for guest, host in {"/all.sh": path, **files}.items():
        command += ["--file", f"{host}:{guest}"]
    return run(*command, "--", "sh", "/all.sh")


def count(build, kernel, folder, script, files, arguments=""):
    """The same, in one that counts instructions."""
    return boot(build, kernel, folder, script, files, "--count-instructions", *(["--kernel-arguments", arguments] if arguments else []))
