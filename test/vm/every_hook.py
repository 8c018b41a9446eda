"""Loads `on HOOK audit` for every hook of one kernel and sees which of them a named system call fires. Usage: every_hook.py KERNEL [--write]

The hooks come from the guest's own BTF. Each is refused by the compiler with a reason, or attaches; anything else fails, and so do
fewer than 80 that fire. The table is printed and compared with docs/hooks.md, of which --write makes this kernel's column anew.
The calls are made by the trigger programs of test/vm/cases/every_hook; an event's comm names the call (calls.h there)."""
import json
import os
import re
import subprocess
import sys
import tempfile

import hook_table

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("LSMPC_BUILD", os.path.join(HERE, "..", "..", "build"))
SOURCES = os.path.join(HERE, "cases", "every_hook")
TRIGGERS = ["tasks", "files", "names", "sockets", "ipc", "mounts", "machine", "programs"]
GROUPS = 14  # so that the buffer of one object holds the first events of each of its hooks
NEEDED = 80
MISSED = 8  # of those that the page says fire
COMM = r'"hook":"\([a-z0-9_]*\)","process":{"pid":[0-9]*,"tid":[0-9]*,"uid":[0-9]*,"gid":[0-9]*,"comm":"\([^"]*\)"'

# One group in the guest: loaded, all calls made, its events read, unloaded; of each hook and comm the first event counts.
GROUP = f"""group() {{
  rm -rf /tmp/*
  if ! lsmpctl load /hooks/$1.bpf.o > /run/load 2>&1; then echo "broken $1: $(tail -n 3 /run/load | tr '\\n' ' ')"; return; fi
  for program in {' '.join(TRIGGERS)}; do /hooks/$program > /dev/null 2>&1; done
  lsmpctl events $1 > /run/events 2> /run/lost
  lsmpctl unload $1 > /dev/null 2>&1
  echo "attached $1"
  sed -n 's/.*{COMM}.*/\\1 \\2/p' /run/events | awk '!seen[$0]++ {{ print "fired " $0 }}'
}}
/hooks/hook_names | sed 's/^/hook /'
"""


def lsmpc(*words, **options):
    return subprocess.run([os.path.join(BUILD, "bin", "lsmpc"), *words], capture_output=True, text=True, errors="replace", **options)


def write(path, text):
    with open(path, "w") as out:
        out.write(text)


def refusals(kernel, names, folder):
    """Hook to message, of those that the compiler refuses: one rule a line."""
    write(os.path.join(folder, "all.lsmp"), "".join(f"on {name} audit\n" for name in names))
    found = json.loads(lsmpc("check", "--target", kernel, "--format", "json", "all.lsmp", cwd=folder).stdout)["diagnostics"]
    return {names[one["line"] - 1]: one["message"] for one in found if one["severity"] == "error"}


def build_policy(kernel, name, text, folder):
    """The compiler's result for policy NAME, whose object is then in the folder."""
    write(os.path.join(folder, name + ".lsmp"), text)
    return lsmpc("build", "--target", kernel, "-o", folder, name + ".lsmp", cwd=folder)


def build_groups(kernel, names, folder):
    """Objects hooks0, hooks1 …: neighbours in the alphabet, which fire together, are in different ones."""
    groups = {f"hooks{i}": names[i::GROUPS] for i in range(GROUPS) if names[i::GROUPS]}
    for group, members in groups.items():
        result = build_policy(kernel, group, "".join(f"on {name} audit\n" for name in members), folder)
        if result.returncode:
            sys.exit(f"the policy of {', '.join(members)} does not build:\n{result.stderr}")
    return groups


def run_guest(kernel, groups, folder):
    write(os.path.join(folder, "all.sh"), GROUP + "".join(f"group {group}\n" for group in groups))
    files = [(os.path.join(folder, group + ".bpf.o"), group + ".bpf.o") for group in groups]
    files += [(os.path.join(BUILD, "tests", "vm", "every_hook", name), name) for name in TRIGGERS + ["hook_names"]]
    command = ["try", "--kernel", kernel, "--no-load", "--seconds", "900", "--file", f"{folder}/all.sh:/hooks/all.sh"]
    for host, name in files:
        command += ["--file", f"{host}:/hooks/{name}"]
    result = lsmpc(*command, "--", "sh", "/hooks/all.sh")
    if result.returncode:  # an emulated kernel may die of the emulator: once more
        print(f"again: the guest did not finish: {result.stderr}")
        result = lsmpc(*command, "--", "sh", "/hooks/all.sh")
    if result.returncode:
        sys.exit(f"the guest did not finish: {result.stderr}\n{result.stdout}")
    return result.stdout.splitlines()


def call_names():
    """What comm stands for which call: comm has 15 bytes."""
    names = set()
    for program in TRIGGERS:
        names.update(re.findall(r'\bat\("(\w+)"\)', open(os.path.join(SOURCES, program + ".c")).read()))
    by_comm = {name[:15]: name for name in names}
    assert len(by_comm) == len(names), "two calls share their first 15 bytes"
    return by_comm


def firing_calls(kernel, lines):
    """Hook to one call that was seen to fire it: the one that the page names, as long as it does, else the first. An event may be lost."""
    names, seen, page = call_names(), {}, hook_table.read()
    for line in lines:
        match = re.match(r"fired (\w+) (.*)", line)
        if match and match.group(2) in names:
            seen.setdefault(match.group(1), []).append(names[match.group(2)])
    named = {hook: page.get(hook, {}).get(kernel, "").strip("`") for hook in seen}
    return {hook: named[hook] if named[hook] in calls else calls[0] for hook, calls in seen.items()}


def judge(kernel, names, refused, groups, lines):
    """Hook to (state, call), and what is wrong."""
    guest = {line[5:] for line in lines if line.startswith("hook ")}
    wrong = [f"{name}: only in the guest's BTF" for name in sorted(guest - set(names))]
    wrong += [f"{name}: not in the guest's BTF" for name in sorted(set(names) - guest)]
    attached = {name for group in groups if f"attached {group}" in lines for name in groups[group]}
    wrong += [line for line in lines if line.startswith("broken ")]
    calls, states = firing_calls(kernel, lines), {}
    for name in names:
        if name in refused:
            states[name] = ("refused", refused[name])
            if not re.search(r"no policy can stand on `\w+`: \S", refused[name]):
                wrong.append(f"{name}: refused without a reason: {refused[name]}")
        elif name in attached:
            states[name] = ("fires", calls[name]) if name in calls else ("attaches", "")
        else:
            wrong.append(f"{name}: neither attached nor refused")
    return states, wrong


def unseen(kernel, lines):
    """The hooks that the page says fire and that these lines do not show."""
    calls = firing_calls(kernel, lines)
    return [name for name, row in hook_table.read().items() if row.get(kernel, "").startswith("`") and name not in calls]


def observe(kernel, groups, folder):
    """What guests show: a busy machine's guest loses more events than the page can do without, and then a second one is asked too."""
    lines = run_guest(kernel, groups, folder)
    if len(unseen(kernel, lines)) > MISSED:
        print("again: too many events were lost")
        lines += run_guest(kernel, groups, folder)
    return lines


def keep_page(kernel, states):
    """What fires a hook is the page's word where it attaches both there and here: the buffer may lose an event, and some hooks fire only now
    and then. Returns the hooks that the page's call was not seen to fire."""
    page, missed = hook_table.read(), []
    for name, (state, found) in states.items():
        cell = page.get(name, {}).get(kernel, "")
        named = cell.strip("`")
        if cell.startswith("`") and (state == "attaches" or state == "fires" and found != named and named in call_names().values()):
            states[name] = ("fires", named)
            missed.append(name)
        elif state == "fires" and cell == "attaches":
            states[name] = ("attaches", "")
    return missed


def main(kernel, writing):
    hooks = json.loads(lsmpc("hooks", "--target", kernel, "--format", "json").stdout)["hooks"]
    names = [hook["name"] for hook in hooks]
    actors = {hook["name"] for hook in hooks if hook["actor"]}
    with tempfile.TemporaryDirectory() as folder:
        refused = refusals(kernel, names, folder)
        groups = build_groups(kernel, [name for name in names if name not in refused], folder)
        lines = observe(kernel, groups, folder)
    states, wrong = judge(kernel, names, refused, groups, lines)
    # Where `current` is a stranger its name says nothing of the cause.
    states = {name: ("attaches", "") if state == "fires" and name not in actors else (state, text) for name, (state, text) in states.items()}
    for name in names:
        print(f"{name:32}", *states.get(name, ("wrong", "")))
    counts = {state: sum(1 for found, _ in states.values() if found == state) for state in ("fires", "attaches", "refused")}
    if counts["fires"] < NEEDED:
        wrong.append(f"only {counts['fires']} hooks are seen to fire, {NEEDED} are needed")
    if writing:
        hook_table.update(kernel, states, lsmpc)
    else:
        missed = keep_page(kernel, states)
        print(f"not seen this time: {' '.join(missed) or 'none'}")
        if len(missed) > MISSED:
            wrong.append(f"{len(missed)} hooks were not fired by the page's call: {' '.join(missed)}")
        wrong += hook_table.differences(kernel, states, lsmpc)
    print("\n".join(wrong))
    print(f"kernel {kernel}: {len(names)} hooks, {counts['fires'] + counts['attaches']} attach, {counts['fires']} of them fire, "
          f"{counts['refused']} refused, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--write" in sys.argv[2:]))
