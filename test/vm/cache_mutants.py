"""Whether path_cache finds wrong decisions when one part of what a kept answer hangs on is not looked at. Usage: cache_mutants.py KERNEL [NAME…]

Each mutant is the library of the last commit with one comparison left out, built in a tree of its own (BUILT, kept from run to run; the repository's `build` by its side
is not touched). Prints a row a mutant: how many of the case's lines are wrong. Ends with 1 where none is, but for those that a kernel is said to imply."""
import os
import re
import subprocess
import sys
import tempfile
from typing import NamedTuple

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILT = os.environ.get("BUILT", os.path.join(tempfile.gettempdir(), "lsmpc-cache-mutants"))
CACHE = "stdlib/bpf/path_cache.bpf.c"
# Where an entry lies says nothing, but keeps most of those apart that differ in these: so it is left out, too.
PLACE = ("(of_dentry ^ question ^ mask << 16)", "(of_dentry ^ (question ^ mask) * 0)")
ONE_PLACE = ("* LSMP_SPREAD >> (64 - LSMP_CACHED_LOG)", "* 0")
# What only two processors at the same time find (race.c), each with a thread of the host.
RACE = ("STORM=300", "RACE=60000", "CASE_SECONDS=1500")
NOTHING = "nothing, in a race"


class Mutant(NamedTuple):
    old: str  # stands in the file
    new: str  # takes its place
    implied: tuple = ()  # the kernels on which another part implies it
    settings: tuple = ()  # of a race
    beside: tuple = PLACE  # what else is changed


MUTANTS = {
    "mount": Mutant("entry->mount == of_mount &&", "entry->mount && of_mount &&"),
    "question": Mutant("entry->question == question &&", ""),
    "mask": Mutant("(one_mask || entry->mask == mask)", "(one_mask || entry->mask != ~mask)"),
    # Each mount takes rename_lock there (d_set_mounted), which later kernels do not.
    "namespace": Mutant("entry->namespace == namespace &&", "namespace &&", ("5.10", "6.1", "6.12")),
    "mounts": Mutant("entry->mounts == mounts &&", "mounts &&", ("5.10", "6.1", "6.12")),
    "names": Mutant("if (!hasNames(entry, dentry)) return 0;", "if (!dentry) return 0;"),
    "names above the first": Mutant("dentry = dentry->d_parent;                                                                                                                \\\n  }", "return 1; \\\n  }"),
    "the mount's root": Mutant("(lsmp_u64)dentry == entry->root;", "1;"),
    "renames": Mutant("if (now == entry->renames) return 1;", "if (now || 1) return 1;"),
    "the second look at the renames": Mutant("if (now == before) {", "if (now == before || 1) {", settings=RACE),
    "that nothing is above the mount": Mutant("if (!entry->rooted || now & 1) return 0;", "if (now & 1) return 0;"),
    "that all was of one moment when it was kept": Mutant("can = can && holdsStill(seen);", "can = can && (holdsStill(seen) || 1);", settings=RACE),
    "the entry's sequence": Mutant("if (*(volatile lsmp_u32 *)&entry->sequence == sequence) return LSMP_CACHED_HIT | answer;", "if (sequence || 1) return LSMP_CACHED_HIT | answer;",
                                  settings=RACE, beside=ONE_PLACE),
    # The other way round: nothing is wrong where nothing is left out.
    NOTHING: Mutant("", "", settings=RACE, beside=ONE_PLACE),
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


def wrong(kernel, settings):
    """The lines of the case that are wrong in its first run."""
    environment = {**os.environ, "LSMPC_BUILD": os.path.join(BUILT, "build")}
    if settings:
        environment["PATH"] = os.path.join(BUILT, "test", "vm", "parallel") + ":" + environment["PATH"]
    output = run(sys.executable, os.path.join(BUILT, "test", "vm", "run.py"), kernel, "path_cache", *settings, env=environment).stdout
    first = output.split("\nagain: ")[0]
    if not re.search(r"^end path_cache \d+", first, re.M):
        sys.exit(f"the case did not run:\n{output[-3000:]}")
    return [line for line in first.splitlines() if line.startswith("not ok") and (not settings or "opens are" in line)]


def main(kernel, names):
    tree()
    path = os.path.join(BUILT, CACHE)
    text, missed = open(path).read(), 0
    for name, mutant in MUTANTS.items():
        if names and name not in names:
            continue
        for old, _ in (mutant[:2], mutant.beside):
            if old and text.count(old) != 1:
                sys.exit(f"{name}: `{old}` is {text.count(old)} times in {CACHE}")
        changed = text.replace(*mutant[:2]) if mutant.old else text
        open(path, "w").write(changed.replace(*mutant.beside))
        need("cmake", "--build", "build", "-t", "lsmpc", cwd=BUILT)
        lines = wrong(kernel, mutant.settings)
        open(path, "w").write(text)
        said = f"{len(lines)} wrong: {lines[0]}" if lines else f"implied on {kernel}" if kernel in mutant.implied else "none wrong"
        missed += bool(lines) if name == NOTHING else not lines and kernel not in mutant.implied
        print(f"{kernel}, without {name}: {said}", flush=True)
    return 1 if missed else 0


sys.exit(main(sys.argv[1], sys.argv[2:]))
