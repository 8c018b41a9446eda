"""Whether path_cache finds wrong decisions when one part of what a kept answer hangs on is not looked at. Usage: cache_mutants.py KERNEL [NAME…]

Each mutant is the library of the last commit with one comparison left out, built in a tree of its own (BUILT, kept from run to run; the repository's `build` by its side
is not touched). Prints a row a mutant: how many of the case's lines are wrong. Ends with 1 where none is, but for those that a kernel is said to imply."""
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILT = os.environ.get("BUILT", os.path.join(tempfile.gettempdir(), "lsmpc-cache-mutants"))
CACHE = "stdlib/bpf/path_cache.bpf.c"
# Where an entry lies says nothing, but keeps most of those apart that differ in these.
PLACE = ("(of_dentry ^ question ^ mask << 16)", "(of_dentry ^ (question ^ mask) * 0)")
# Name → what stands in the file, what takes its place, the kernels on which another part implies it.
MUTANTS = {
    "mount": ("entry->mount == of_mount &&", "entry->mount && of_mount &&", ()),
    "question": ("entry->question == question &&", "", ()),
    "mask": ("(one_mask || entry->mask == mask)", "(one_mask || entry->mask != ~mask)", ()),
    # Each mount takes rename_lock there (d_set_mounted), which later kernels do not.
    "namespace": ("entry->namespace == namespace &&", "namespace &&", ("5.10", "6.1", "6.12")),
    "mounts": ("entry->mounts == mounts &&", "mounts &&", ("5.10", "6.1", "6.12")),
    "names": ("if (!hasNames(entry, dentry)) return 0;", "if (!dentry) return 0;", ()),
    "names above the first": ("dentry = dentry->d_parent;                                                                                                                \\\n  }", "return 1; \\\n  }", ()),
    "the mount's root": ("(lsmp_u64)dentry == entry->root;", "1;", ()),
    "renames": ("if (now == entry->renames) return 1;", "if (now || 1) return 1;", ()),
    "the second look at the renames": ("if (now == before) {", "if (now == before || 1) {", ()),
    "that nothing is above the mount": ("if (!entry->rooted || now & 1) return 0;", "if (now & 1) return 0;", ()),
    "that all was of one moment when it was kept": ("can = can && holdsStill(seen);", "can = can && (holdsStill(seen) || 1);", ()),
    "the entry's sequence": ("if (*(volatile lsmp_u32 *)&entry->sequence == sequence) return LSMP_CACHED_HIT | answer;", "if (sequence || 1) return LSMP_CACHED_HIT | answer;", ()),
}


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", **options)


def need(*command, **options):
    done = run(*command, **options)
    if done.returncode:
        sys.exit(f"{' '.join(command)}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")


def tree():
    if not os.path.exists(BUILT):
        need("git", "-C", ROOT, "worktree", "prune")
        need("git", "-C", ROOT, "worktree", "add", "--detach", BUILT, "HEAD")
    need("git", "-C", BUILT, "checkout", "--force", "--detach", run("git", "-C", ROOT, "rev-parse", "HEAD").stdout.strip())
    need("cmake", "--preset", "ci", cwd=BUILT)
    need("cmake", "--build", "build", cwd=BUILT)


def wrong(kernel):
    """How many lines of the case are wrong in its first run, and what the first of them says."""
    output = run(sys.executable, os.path.join(BUILT, "test", "vm", "run.py"), kernel, "path_cache", env={**os.environ, "LSMPC_BUILD": os.path.join(BUILT, "build")}).stdout
    first = output.split("\nagain: ")[0]
    lines = [line for line in first.splitlines() if line.startswith("not ok")]
    if not re.search(r"^end path_cache \d+", first, re.M):
        sys.exit(f"the case did not run:\n{output[-3000:]}")
    return lines


def main(kernel, names):
    tree()
    path = os.path.join(BUILT, CACHE)
    text, missed = open(path).read(), 0
    for name, (old, new, implied) in MUTANTS.items():
        if names and name not in names:
            continue
        if text.count(old) != 1:
            sys.exit(f"{name}: `{old}` is {text.count(old)} times in {CACHE}")
        open(path, "w").write(text.replace(old, new).replace(*PLACE))
        need("cmake", "--build", "build", "-t", "lsmpc", cwd=BUILT)
        lines = wrong(kernel)
        open(path, "w").write(text)
        said = f"{len(lines)} wrong: {lines[0]}" if lines else f"implied on {kernel}" if kernel in implied else "NOT FOUND"
        missed += said == "NOT FOUND"
        print(f"{kernel}, without {name}: {said}", flush=True)
    return 1 if missed else 0


sys.exit(main(sys.argv[1], sys.argv[2:]))
